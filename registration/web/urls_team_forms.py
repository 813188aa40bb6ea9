"""Addresses of the room of forms, below /team/people/forms/."""

from django.urls import path

from registration.web import views_team_form_parts, views_team_form_publish, views_team_forms

app_name = "forms"
urlpatterns = [
    path("", views_team_forms.FormsView.as_view(), name="list"),
    path("<slug:category>/", views_team_forms.DraftView.as_view(), name="form"),
    path("<slug:category>/start/", views_team_forms.StartView.as_view(), name="start"),
    path("<slug:category>/discard/", views_team_forms.DiscardView.as_view(), name="discard"),
    path("<slug:category>/change/", views_team_forms.ChangeView.as_view(), name="change"),
    path("<slug:category>/preview/", views_team_form_publish.PreviewView.as_view(), name="preview"),
    path("<slug:category>/publish/", views_team_form_publish.PublishView.as_view(), name="publish"),
    path("<slug:category>/sections/new/", views_team_form_parts.SectionView.as_view(), name="section_new"),
    path("<slug:category>/sections/<uuid:public_id>/", views_team_form_parts.SectionView.as_view(), name="section"),
    path("<slug:category>/questions/new/", views_team_form_parts.QuestionView.as_view(), name="question_new"),
    path("<slug:category>/questions/<uuid:public_id>/", views_team_form_parts.QuestionView.as_view(), name="question"),
]
