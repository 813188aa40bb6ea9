"""Addresses of filming at plants, below /team/filming/."""

from django.urls import path

from agenda.web import views_team_filming as views

app_name = "filming"
urlpatterns = [
    path("", views.BoardView.as_view(), name="board"),
    path("wishes/<uuid:wish>/", views.WishView.as_view(), name="wish"),
    path("wishes/<uuid:wish>/told/", views.ToldView.as_view(), name="told"),
    path("<slug:plant>/", views.PlantView.as_view(), name="plant"),
    path("<slug:plant>/put/", views.PutView.as_view(), name="put"),
    path("<slug:plant>/list/<slug:kind>/", views.ListView.as_view(), name="list"),
]
