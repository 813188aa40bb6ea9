"""Identity documents: which answers a kind has, what is wrong with them, how a number is folded and masked."""
