"""Every write of the programme and of plant visits."""
