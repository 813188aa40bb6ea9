"""Texts that break programs: each stands for a family of faults seen in others (complaints SEC-*, I18N-*, MAIL-*)."""

NAUGHTY = {
    "script": "<script>alert(7)</script>",
    "handler": '"><img src=x onerror=alert(7)>',
    "template": "{{ 7|add:7 }}{% load x %}${7*7}",
    "sql": "'); DROP TABLE registration_person; --",
    "header": "Анна\r\nBcc: thief@example.org\r\n\r\nbody",
    "formula": '=HYPERLINK("https://example.org";"x")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "path": "../../../../etc/passwd",
    "null": "Анна\x00Примерова",
    "control": "Анна\x07\x1b[31mПримерова",
    "right_to_left": "\u202eавонИ\u202c",
    "invisible": "\u200b\u2060\ufeff",
    "combining": "Анна" + "\u0301\u0489" * 40,
    "emoji": "👩\u200d🏭👨\u200d👩\u200d👧🏽",
    "beyond": "𝒜𝓃𝓃𝒶 𐍈 中文 العربية",
    "line": "Анна\u2028Примерова\u2029",
    "calendar": "Анна\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:чужое",
    "percent": "%s%n%x%00%0a",
    "long": "Щ" * 20_000,
    "blank": " \t\u00a0\u3000 ",
    "word": "null",
}
"""By what they attack."""
