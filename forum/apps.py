"""The ground of the project."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Accounts, edition, audit, messages, jobs, files."""

    name = "forum"
