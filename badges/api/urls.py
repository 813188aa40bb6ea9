"""Addresses of the API."""

from django.urls import path

from badges.api import views

app_name = "badges_api"
urlpatterns = [
    path("scans", views.ScansView.as_view(), name="scans"),
    path("scans/<uuid:nonce>/photo", views.ScanPhotoView.as_view(), name="scan_photo"),
    path("people", views.VisiblePeopleView.as_view(), name="visible_people"),
    path("people/search", views.PeopleView.as_view(), name="people"),
    path("device", views.DeviceInfoView.as_view(), name="device"),
    path("devices", views.DevicesView.as_view(), name="devices"),
    path("devices/<uuid:public_id>/revoke", views.RevokeDeviceView.as_view(), name="revoke_device"),
]
