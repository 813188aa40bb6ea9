"""Addresses of the officers, below /team/."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.web import (
    views_team,
    views_team_codes,
    views_team_document,
    views_team_exports,
    views_team_imports,
    views_team_invitation_lists,
    views_team_invitations,
    views_team_missing,
    views_team_person,
    views_team_replace,
    views_team_waiting,
)

app_name = "people"
urlpatterns = [
    path("people/", views_team.PeopleView.as_view(), name="list"),
    path("people/approve/", views_team.BulkView.as_view(), name="bulk"),
    path("people/export/", views_team_exports.ExportView.as_view(), name="export"),
    path("people/export/columns/", views_team_exports.KeepColumnsView.as_view(), name="export_keep"),
    path(
        "people/export/columns/<uuid:public_id>/forget/",
        views_team_exports.ForgetColumnsView.as_view(),
        name="export_forget",
    ),
    path("people/waiting/", views_team_waiting.WaitingView.as_view(), name="waiting"),
    path("people/missing/", views_team_missing.MissingView.as_view(), name="missing"),
    path("people/missing/remind/", views_team_missing.RemindView.as_view(), name="remind"),
    path("people/lists/", views_team_imports.ImportsView.as_view(), name="imports"),
    path("people/lists/<uuid:public_id>/", views_team_imports.ImportView.as_view(), name="import"),
    path("people/lists/<uuid:public_id>/start/", views_team_imports.StartView.as_view(), name="import_start"),
    path("people/lists/<uuid:public_id>/undo/", views_team_imports.UndoView.as_view(), name="import_undo"),
    path("people/lists/<uuid:public_id>/discard/", views_team_imports.DiscardView.as_view(), name="import_discard"),
    path("people/lists/<uuid:public_id>/rows.xlsx", views_team_imports.WrongRowsView.as_view(), name="import_rows"),
    path("people/invitations/", views_team_invitations.InvitationsView.as_view(), name="invitations"),
    path("people/invitations/new/", views_team_invitations.NewInvitationView.as_view(), name="invitation_new"),
    path("people/invitations/many/", views_team_invitation_lists.InviteManyView.as_view(), name="invite_many"),
    path("people/invitations/send/", views_team_invitations.SendManyView.as_view(), name="invitations_send"),
    path("people/invitations/remind/", views_team_invitations.RemindManyView.as_view(), name="invitations_remind"),
    path("people/invitations/report/", views_team_invitation_lists.ReportView.as_view(), name="invitation_report"),
    path(
        "people/invitations/report/<slug:kind>/",
        views_team_invitation_lists.ReportFileView.as_view(),
        name="invitation_report_file",
    ),
    path("people/invitations/<uuid:public_id>/", views_team_invitations.InvitationView.as_view(), name="invitation"),
    path(
        "people/invitations/<uuid:public_id>/link/",
        views_team_invitations.LinkView.as_view(),
        name="invitation_link",
    ),
    path(
        "people/invitations/<uuid:public_id>/<slug:act>/",
        views_team_invitations.ActView.as_view(),
        name="invitation_act",
    ),
    path("people/codes/", views_team_codes.CodesView.as_view(), name="codes"),
    path("people/codes/new/", views_team_codes.NewCodeView.as_view(), name="code_new"),
    path("people/codes/<uuid:public_id>/", views_team_codes.CodeView.as_view(), name="code"),
    path("people/codes/<uuid:public_id>/stop/", views_team_codes.StopView.as_view(), name="code_stop"),
    path("people/codes/<uuid:public_id>/resume/", views_team_codes.ResumeView.as_view(), name="code_resume"),
    path("people/<ref:ref>/", views_team_person.PersonView.as_view(), name="detail"),
    path("people/<ref:ref>/correct/", views_team_person.CorrectView.as_view(), name="correct"),
    path("people/<ref:ref>/document/", views_team_document.DocumentView.as_view(), name="document"),
    path("people/<ref:ref>/document/clear/", views_team_document.ClearView.as_view(), name="document_clear"),
    path("people/<ref:ref>/answers/<uuid:public_id>/", views_team_person.AnswerFileView.as_view(), name="answer_file"),
    path("people/<ref:ref>/replace/", views_team_replace.ReplaceView.as_view(), name="replace"),
    path("people/<ref:ref>/<slug:decision>/", views_team_person.DecideView.as_view(), name="decide"),
]
