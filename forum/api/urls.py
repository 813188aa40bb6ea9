"""The schema and its documentation, served by us without any outside address."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

app_name = "api"
urlpatterns = [
    path("schema", SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(
            permission_classes=[AllowAny], authentication_classes=[], url_name="api:schema"
        ),
        name="docs",
    ),
]
