"""Addresses of one's own places, below the language."""

from django.urls import path

from agenda.web import views_filming, views_my, views_offer

app_name = "places"
urlpatterns = [
    path("my/agenda/", views_my.MyAgendaView.as_view(), name="agenda"),
    path("my/visits/", views_my.MyVisitsView.as_view(), name="visits"),
    path("my/offers/<slug:secret>/", views_offer.OfferView.as_view(), name="offer"),
    path("my/<slug:ref>/visits/<uuid:slot>/", views_my.VisitPlaceView.as_view(), name="visit"),
    path("my/<slug:ref>/visits/<uuid:slot>/back/", views_my.VisitBackView.as_view(), name="visit_back"),
    path("my/<slug:ref>/filming/", views_filming.FilmingView.as_view(), name="filming"),
    path("my/<slug:ref>/filming/<uuid:wish>/", views_filming.WishView.as_view(), name="film_wish"),
    path("my/<slug:ref>/filming/<uuid:wish>/withdraw/", views_filming.WithdrawWishView.as_view(), name="film_withdraw"),
    path("my/<slug:ref>/sessions/<slug:slug>/<slug:act>/", views_my.SessionPlaceView.as_view(), name="session"),
]
