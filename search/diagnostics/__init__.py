"""Status, doctor, eval: tells how things stand, changes nothing."""
