"""Addresses of the programme room, below /team/programme/."""

from django.urls import path

from agenda.web import (
    views_team_proposals,
    views_team_releases,
    views_team_room,
    views_team_session,
    views_team_speakers,
)

app_name = "programme"
urlpatterns = [
    path("", views_team_room.RoomView.as_view(), name="room"),
    path("export/", views_team_room.ExportView.as_view(), name="export"),
    path("releases/", views_team_releases.ReleasesView.as_view(), name="releases"),
    path("releases/publish/", views_team_releases.PublishView.as_view(), name="publish"),
    path("proposals/", views_team_proposals.ProposalsView.as_view(), name="proposals"),
    path("proposals/<uuid:public_id>/", views_team_proposals.ProposalView.as_view(), name="proposal"),
    path("proposals/<uuid:public_id>/<slug:decision>/", views_team_proposals.DecideView.as_view(), name="decide"),
    path("speakers/<uuid:public_id>/", views_team_speakers.SpeakerView.as_view(), name="speaker"),
    path("sessions/<slug:slug>/", views_team_session.SessionView.as_view(), name="session"),
    path("sessions/<slug:slug>/edit/", views_team_session.EditView.as_view(), name="edit"),
    path("sessions/<slug:slug>/speakers/", views_team_speakers.CastView.as_view(), name="cast"),
    path("sessions/<slug:slug>/speakers/new/", views_team_speakers.NewSpeakerView.as_view(), name="new_speaker"),
    path("sessions/<slug:slug>/place/", views_team_proposals.PlaceView.as_view(), name="place"),
]
