"""Pure parts of the proof: what a scan means, and how a badge is made. Plain data in, plain data out, no rows."""
