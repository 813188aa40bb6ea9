"""Addresses of who answers for personal data, below /team/."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.web import views_team_abroad, views_team_consents, views_team_erasures, views_team_privacy

app_name = "privacy"
urlpatterns = [
    path("consents/", views_team_privacy.RegisterView.as_view(), name="register"),
    path("consents/export/<slug:kind>/", views_team_privacy.ExportView.as_view(), name="export"),
    path("consents/texts/", views_team_privacy.TextsView.as_view(), name="texts"),
    path("consents/texts/new/", views_team_privacy.NewTextView.as_view(), name="new_text"),
    path("consents/tell/", views_team_abroad.TellView.as_view(), name="tell"),
    path("consents/tell/<uuid:public_id>/", views_team_abroad.ToldView.as_view(), name="told"),
    path("consents/people/<ref:ref>/", views_team_consents.PersonView.as_view(), name="person"),
    path(
        "consents/people/<ref:ref>/<slug:matter>/withdraw/",
        views_team_consents.WithdrawalView.as_view(),
        name="withdrawal",
    ),
    path("consents/people/<ref:ref>/<slug:matter>/paper/", views_team_consents.SignedView.as_view(), name="signed"),
    path("erasures/", views_team_erasures.ErasuresView.as_view(), name="erasures"),
    path("erasures/people/<ref:ref>/", views_team_erasures.ErasePersonView.as_view(), name="erase_person"),
    path("erasures/<slug:day>/", views_team_erasures.ActView.as_view(), name="erasure_act"),
]
