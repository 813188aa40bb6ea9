"""All addresses. Apps are named by string only: composing at the ground makes no import upward.

Pages for delegates carry their language; team pages, the scanner, files and the API do not.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from forum.web.views import set_language

urlpatterns = [
    # First what is asked a hundred times a second at the doors.
    path("api/v1/", include("badges.api.urls")),
    path("api/v1/", include("agenda.api.urls")),
    path("api/v1/", include("registration.api.urls")),
    path("api/v1/", include("forum.api.urls_v1")),
    path("api/", include("forum.api.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("forum.web.urls_team")),
    path("team/people/forms/", include("registration.web.urls_team_forms")),
    path("team/", include("registration.web.urls_team")),
    path("team/", include("registration.web.urls_team_privacy")),
    path("team/", include("registration.web.urls_team_vehicles")),
    path("team/programme/", include("agenda.web.urls_team")),
    path("team/", include("agenda.web.urls_team_visits")),
    path("team/filming/", include("agenda.web.urls_team_filming")),
    path("", include("badges.web.urls_team")),
    *i18n_patterns(
        path("", include("forum.web.urls")),
        path("", include("registration.web.urls")),
        path("", include("agenda.web.urls")),
        path("", include("agenda.web.urls_my")),
        path("my/badge/", include("badges.web.urls")),
        path("accounts/", include("forum.web.urls_accounts")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
    ),
]
if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("forum.web.urls_demo")))

handler400 = "forum.web.errors.bad_request"
handler403 = "forum.web.errors.forbidden"
handler404 = "forum.web.errors.not_found"
handler500 = "forum.web.errors.fault"
