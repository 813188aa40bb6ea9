"""Addresses of the delegate's badge, under `/<language>/my/badge/`."""

from django.urls import path

from badges.web import views_my

app_name = "badges"
urlpatterns = [
    path("", views_my.MyBadgeView.as_view(), name="my_badge"),
    path("pdf/", views_my.MyBadgeFileView.as_view(), name="my_badge_pdf"),
]
