"""Public pages of the ground, with their language in the address."""

from django.urls import path

from forum.web import views, views_check

app_name = "forum"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("signed-in/", views.AfterSignInView.as_view(), name="after_sign_in"),
    path("check/", views_check.CheckView.as_view(), name="check"),
    path("check/<slug:code>/", views_check.CheckPaperView.as_view(), name="check_paper"),
]
