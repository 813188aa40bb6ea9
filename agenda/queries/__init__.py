"""What the programme and the visits look like to those who read them."""
