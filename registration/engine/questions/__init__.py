"""Forms as data: what a form asks, which questions apply to whom, and what is an answer. Pure functions."""
