"""Addresses of the ground below /api/v1/."""

from django.urls import path

from forum.api import views_v1

app_name = "forum_api"
urlpatterns = [
    path("token", views_v1.ThisTokenView.as_view(), name="token"),
    path("jobs", views_v1.JobsView.as_view(), name="jobs"),
    path("jobs/<uuid:public_id>", views_v1.JobView.as_view(), name="job"),
    path("jobs/<uuid:public_id>/cancel", views_v1.CancelJobView.as_view(), name="cancel_job"),
]
