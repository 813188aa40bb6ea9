"""How a badge looks: artwork, type, places on the paper."""
