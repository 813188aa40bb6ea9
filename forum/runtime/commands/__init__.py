"""One module for each command: `main(known, rest)` gets the parsed words and those for somebody else, returns the exit code."""
