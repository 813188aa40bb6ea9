"""Sign-in: of allauth's pages only those that sign-in by code needs.

There are no passwords, and an account has one address, changed with the application. allauth still asks for the names
of its other pages, so they exist and answer 404.
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from forum.web.views import not_here

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("login/code/", allauth.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", allauth.signup, name="account_signup"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("email/", not_here, name="account_email"),
    path("confirm-email/", not_here, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", not_here, name="account_confirm_email"),
    path("password/change/", not_here, name="account_change_password"),
    path("password/set/", not_here, name="account_set_password"),
    path("password/reset/", not_here, name="account_reset_password"),
]
