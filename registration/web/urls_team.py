"""Addresses of the officers, below /team/."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.web import (
    views_team,
    views_team_document,
    views_team_exports,
    views_team_imports,
    views_team_person,
    views_team_replace,
    views_team_visa,
    views_team_visa_rules,
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
    path("people/lists/", views_team_imports.ImportsView.as_view(), name="imports"),
    path("people/lists/<uuid:public_id>/", views_team_imports.ImportView.as_view(), name="import"),
    path("people/lists/<uuid:public_id>/start/", views_team_imports.StartView.as_view(), name="import_start"),
    path("people/lists/<uuid:public_id>/undo/", views_team_imports.UndoView.as_view(), name="import_undo"),
    path("people/lists/<uuid:public_id>/discard/", views_team_imports.DiscardView.as_view(), name="import_discard"),
    path("people/lists/<uuid:public_id>/rows.xlsx", views_team_imports.WrongRowsView.as_view(), name="import_rows"),
    path("people/visas/", views_team_visa.BoardView.as_view(), name="visas"),
    path("people/visas/rules/", views_team_visa_rules.RulesView.as_view(), name="visa_rules"),
    path("people/visas/rules/new/", views_team_visa_rules.RuleView.as_view(), name="visa_rule_new"),
    path("people/visas/rules/<uuid:public_id>/", views_team_visa_rules.RuleView.as_view(), name="visa_rule"),
    path("people/visas/<ref:ref>/", views_team_visa.CaseView.as_view(), name="visa"),
    path("people/visas/<ref:ref>/open/", views_team_visa.OpenView.as_view(), name="visa_open"),
    path("people/visas/<ref:ref>/decide/", views_team_visa.DecideView.as_view(), name="visa_decide"),
    path("people/visas/<ref:ref>/back/<slug:state>/", views_team_visa.BackView.as_view(), name="visa_back"),
    path("people/visas/<ref:ref>/letter/", views_team_visa.IssueView.as_view(), name="visa_issue"),
    path("people/visas/<ref:ref>/void/", views_team_visa.VoidView.as_view(), name="visa_void"),
    path("people/visas/<ref:ref>/file/", views_team_visa.FileView.as_view(), name="visa_file"),
    path("people/<ref:ref>/", views_team_person.PersonView.as_view(), name="detail"),
    path("people/<ref:ref>/correct/", views_team_person.CorrectView.as_view(), name="correct"),
    path("people/<ref:ref>/document/", views_team_document.DocumentView.as_view(), name="document"),
    path("people/<ref:ref>/document/clear/", views_team_document.ClearView.as_view(), name="document_clear"),
    path("people/<ref:ref>/replace/", views_team_replace.ReplaceView.as_view(), name="replace"),
    path("people/<ref:ref>/<slug:decision>/", views_team_person.DecideView.as_view(), name="decide"),
]
