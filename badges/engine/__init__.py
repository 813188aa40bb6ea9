"""Pure decisions of the proof: plain data in, plain data out, no rows."""
