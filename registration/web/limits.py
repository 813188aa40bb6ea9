"""How often one address on the network may knock at the doors of registration."""

from forum.web.limits import Limit

START = Limit("start", amount=120, seconds=3600)
"""A delegation registers from one office, so the limit is far above what people do by hand."""
CONSENTS = Limit("consents", amount=120, seconds=3600)
DATA = Limit("data", amount=60, seconds=600)
DOCUMENT = Limit("document", amount=60, seconds=3600)
PICTURES = Limit("pictures", amount=30, seconds=3600)
EMAIL = Limit("email", amount=40, seconds=3600)
EQUIPMENT = Limit("equipment", amount=120, seconds=3600)
LOOKS = Limit("looks", amount=40, seconds=3600)
"""Of one officer at documents in full: enough for a day at the desk, too few to copy everybody's."""
CODES = Limit("codes", amount=30, seconds=600)
"""Of codes that do not exist: enough for slips of the finger, too few to try them all."""
RETURN = Limit("return", amount=40, seconds=600)
VISA = Limit("visa", amount=60, seconds=3600)
