"""Who comes."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """People, applications, consents, places."""

    name = "registration"
