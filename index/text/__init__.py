"""Pure functions on strings; the same for notes and questions; knows no note."""
