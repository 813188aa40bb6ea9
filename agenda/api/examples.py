"""Examples of the documentation."""

from typing import Any

HALL: dict[str, Any] = {
    "key": "tom/coal",
    "name": "Coal hall",
    "venue": "Congress Centre",
    "city": "Kemerovo",
    "zone": "Asia/Novokuznetsk",
    "mode": "onsite",
    "capacity": 120,
    "step_free": True,
}
SESSION: dict[str, Any] = {
    "slug": "plant-museums",
    "title": "Museums inside working plants",
    "title_language": "en",
    "kind": "panel",
    "kind_label": "Panel discussion",
    "admission": "open",
    "admission_label": "Open to all delegates",
    "places": None,
    "track": {"code": "INT", "name": "International practice"},
    "hosts": [{"code": "RU-KEM", "name": "Kuzbass"}],
    "hall": HALL,
    "linked_halls": [],
    "starts": "2027-05-20T10:00:00+07:00",
    "ends": "2027-05-20T11:30:00+07:00",
    "languages": ["ru"],
    "interpretation": ["en"],
    "speakers": [
        {
            "role": "moderator",
            "name": "Anna Primerova",
            "position": "methodologist",
            "organisation": "Museum of Samples",
            "region": "Kuzbass",
            "remote": False,
        }
    ],
}
PROGRAMME: dict[str, Any] = {
    "number": 3,
    "published_at": "2027-04-28T18:00:00+07:00",
    "note": "",
    "zone": "Asia/Novokuznetsk",
    "sessions": [SESSION],
}
VISIT: dict[str, Any] = {
    "slug": "azot",
    "title": "How fertiliser is made",
    "plant": "Plant of Samples",
    "host": "Joint-stock company “Plant of Samples”",
    "city": "Kemerovo",
    "min_age": 16,
    "photo_policy": "allowed_at_marked_points",
    "dress_code": ["long_trousers", "closed_flat_shoes"],
    "lent_by_host": ["helmet"],
    "step_free": False,
    "may_be_cancelled": False,
    "runs": [
        {
            "slug": "friday",
            "day": "2027-05-21",
            "steps": [
                {
                    "kind": "tour",
                    "title": "Tour of the shop",
                    "starts": "2027-05-21T09:45:00+07:00",
                    "ends": "2027-05-21T11:00:00+07:00",
                }
            ],
            "places": 20,
            "taken": 7,
            "closed": False,
            "deadlines": [{"document": "russian", "until": "2027-05-14T00:00:00+07:00", "passed": False}],
        }
    ],
}
