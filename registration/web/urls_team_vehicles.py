"""Addresses of the room of vehicles, below /team/."""

from django.urls import path

from registration.web import views_team_vehicles as views

app_name = "vehicles"
urlpatterns = [
    path("vehicles/", views.VehiclesView.as_view(), name="list"),
    path("vehicles/new/", views.NewVehicleView.as_view(), name="new"),
    path("vehicles/gate/<slug:day>/<slug:kind>/", views.GateListView.as_view(), name="gate_list"),
    path("vehicles/<uuid:public_id>/", views.VehicleView.as_view(), name="vehicle"),
    path("vehicles/<uuid:public_id>/change/", views.ChangeVehicleView.as_view(), name="change"),
    path("vehicles/<uuid:public_id>/approve/", views.ApproveView.as_view(), name="approve"),
    path("vehicles/<uuid:public_id>/refuse/", views.RefuseView.as_view(), name="refuse"),
    path("vehicles/<uuid:public_id>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("vehicles/<uuid:public_id>/pass/", views.PassView.as_view(), name="pass"),
]
