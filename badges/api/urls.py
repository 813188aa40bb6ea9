"""Addresses of the API."""

from django.urls import URLPattern

app_name = "badges_api"
urlpatterns: list[URLPattern] = []
