"""Signing in without walking through the emailed code; the walk itself has its own tests."""

from time import time

from django.test import Client

from forum.models import Account


def sign_in(client: Client, account: Account, *, second_factor: bool = True) -> Client:
    """Open a session of `account` in `client`, with or without a second factor."""
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time()}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
    return client
