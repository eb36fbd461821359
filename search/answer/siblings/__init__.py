"""Things of one family, told apart by their names: what is said of one is not said of another."""
