"""Public addresses, below the language."""

from django.urls import path

from agenda.web import views

app_name = "agenda"
urlpatterns = [
    path("programme/", views.ProgrammeView.as_view(), name="programme"),
    path("visits/", views.VisitsView.as_view(), name="visits"),
]
