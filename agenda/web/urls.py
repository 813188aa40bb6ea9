"""Public addresses, below the language."""

from django.urls import path

from agenda.web import views, views_calendar, views_speakers

app_name = "agenda"
urlpatterns = [
    path("programme/", views.ProgrammeView.as_view(), name="programme"),
    path("programme.ics", views_calendar.ProgrammeCalendarView.as_view(), name="programme_calendar"),
    path("sessions/<slug:slug>.ics", views_calendar.SessionCalendarView.as_view(), name="session_calendar"),
    path("sessions/<slug:slug>/", views.SessionView.as_view(), name="session"),
    path("speakers/", views_speakers.SpeakersView.as_view(), name="speakers"),
    path("speakers/<uuid:key>/", views_speakers.SpeakerView.as_view(), name="speaker"),
    path("visits/", views.VisitsView.as_view(), name="visits"),
    path("visits/<slug:slug>/", views.VisitView.as_view(), name="visit"),
    path("visits/<slug:slug>/<slug:run>.ics", views_calendar.RunCalendarView.as_view(), name="run_calendar"),
]
