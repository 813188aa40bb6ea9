"""A list of people from a spreadsheet: what the file is, what its columns mean, what each row says. No database, no HTTP."""
