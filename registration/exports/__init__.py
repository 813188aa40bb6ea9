"""Tables made of applications."""
