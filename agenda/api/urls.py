"""Addresses of the programme and the visits below /api/v1/."""

from django.urls import path

from agenda.api import views

app_name = "agenda_api"
urlpatterns = [
    path("programme", views.ProgrammeView.as_view(), name="programme"),
    path("programme/sessions", views.SessionsView.as_view(), name="sessions"),
    path("programme/sessions/<slug:slug>", views.SessionView.as_view(), name="session"),
    path("visits", views.VisitsView.as_view(), name="visits"),
    path("visits/<slug:slug>", views.VisitView.as_view(), name="visit"),
]
