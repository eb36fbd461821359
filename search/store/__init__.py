"""What search asks of a store: one interface, the files of this machine."""
