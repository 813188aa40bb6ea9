"""Addresses of applications below /api/v1/."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.api import views

app_name = "registration_api"
urlpatterns = [
    path("applications", views.ApplicationsView.as_view(), name="applications"),
    path("applications/search", views.SearchView.as_view(), name="search"),
    path("applications/<ref:ref>", views.OneApplicationView.as_view(), name="application"),
    path("applications/<ref:ref>/approve", views.ApproveView.as_view(), name="approve"),
    path("applications/<ref:ref>/reject", views.RejectView.as_view(), name="reject"),
    path("applications/<ref:ref>/ask-for-changes", views.AskForChangesView.as_view(), name="ask_for_changes"),
    path("applications/<ref:ref>/waitlist", views.WaitlistView.as_view(), name="waitlist"),
]
