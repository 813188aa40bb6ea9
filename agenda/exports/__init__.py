"""Files made of the programme and of visits: calendars, lists of visitors."""
