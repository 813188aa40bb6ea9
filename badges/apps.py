"""The proof."""

from django.apps import AppConfig


class BadgesConfig(AppConfig):
    """Credentials, badges, check-in points, devices, scans."""

    name = "badges"
