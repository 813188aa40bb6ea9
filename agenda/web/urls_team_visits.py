"""Addresses of the Visits room and of seats, below /team/."""

from django.urls import path

from agenda.web import views_team_visits as views

app_name = "visits"
urlpatterns = [
    path("visits/", views.RoomView.as_view(), name="room"),
    path("visits/<uuid:slot>/", views.SlotView.as_view(), name="slot"),
    path("visits/<uuid:slot>/list/<slug:kind>/", views.ListView.as_view(), name="list"),
    path("visits/<uuid:slot>/people/<slug:ref>/move/", views.MoveView.as_view(), name="move"),
    path("visits/<uuid:slot>/people/<slug:ref>/take-back/", views.TakeBackView.as_view(), name="take_back"),
    path("programme/sessions/<slug:slug>/seats/", views.SeatsView.as_view(), name="seats"),
]
