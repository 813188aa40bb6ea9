"""Public pages of the ground, with their language in the address."""

from django.urls import path

from forum.web import views

app_name = "forum"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("signed-in/", views.AfterSignInView.as_view(), name="after_sign_in"),
]
