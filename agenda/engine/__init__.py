"""Rules of the programme and of plant visits as pure functions over plain data."""
