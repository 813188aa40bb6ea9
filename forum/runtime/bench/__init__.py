"""`./run bench NAME`: figures, and the floor measured in the same run, so that a slow machine does not look like slow code."""
