"""Pages that exist in demo mode only; outside it these addresses are not in the URL table at all."""

from django.urls import path

from forum.web import views_demo

app_name = "demo"
urlpatterns = [
    path("", views_demo.RolesView.as_view(), name="roles"),
    path("sign-in/", views_demo.SignInView.as_view(), name="sign_in"),
    path("mail/", views_demo.MailboxView.as_view(), name="mail"),
    path("mail/<str:name>/", views_demo.MailView.as_view(), name="mail_message"),
    path("mail/<str:name>/<int:part>/", views_demo.MailPartView.as_view(), name="mail_part"),
]
