"""What happens."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Venues, sessions, releases, plant visits."""

    name = "agenda"
