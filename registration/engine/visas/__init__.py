"""Entry to the country: what the dated rules say of somebody, which deadlines follow, how a letter is drawn."""
