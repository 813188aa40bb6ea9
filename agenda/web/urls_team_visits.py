"""Addresses of the Visits room and of seats, below /team/."""

from django.urls import path

from agenda.web import views_team_plant_list as lists
from agenda.web import views_team_visits as views

app_name = "visits"
urlpatterns = [
    path("visits/", views.RoomView.as_view(), name="room"),
    path("visits/<uuid:slot>/", views.SlotView.as_view(), name="slot"),
    path("visits/<uuid:slot>/list/<slug:kind>/", views.ListView.as_view(), name="list"),
    path("visits/<uuid:slot>/documents/", lists.PlantListView.as_view(), name="documents"),
    path("visits/<uuid:slot>/documents/remind/", lists.RemindView.as_view(), name="documents_remind"),
    path("visits/<uuid:slot>/documents/<uuid:public_id>/", lists.OpenListView.as_view(), name="documents_list"),
    path("visits/<uuid:slot>/people/<slug:ref>/move/", views.MoveView.as_view(), name="move"),
    path("visits/<uuid:slot>/people/<slug:ref>/take-back/", views.TakeBackView.as_view(), name="take_back"),
    path("programme/sessions/<slug:slug>/seats/", views.SeatsView.as_view(), name="seats"),
]
