"""Pure functions of registration: plain data in, plain data out."""
