"""Addresses of the officers, below /team/."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.web import (
    views_team,
    views_team_bulk,
    views_team_changes,
    views_team_document,
    views_team_exports,
    views_team_imports,
    views_team_person,
    views_team_replace,
    views_team_review,
    views_team_waiting,
)

app_name = "people"
urlpatterns = [
    path("people/", views_team.PeopleView.as_view(), name="list"),
    path("people/approve/", views_team_bulk.BulkView.as_view(), name="bulk"),
    path("people/decisions/", views_team_bulk.BulksView.as_view(), name="bulks"),
    path("people/decisions/<uuid:public_id>/", views_team_bulk.BulkResultView.as_view(), name="bulk_result"),
    path("people/decisions/<uuid:public_id>/undo/", views_team_bulk.BulkUndoView.as_view(), name="bulk_undo"),
    path("people/export/", views_team_exports.ExportView.as_view(), name="export"),
    path("people/export/columns/", views_team_exports.KeepColumnsView.as_view(), name="export_keep"),
    path(
        "people/export/columns/<uuid:public_id>/forget/",
        views_team_exports.ForgetColumnsView.as_view(),
        name="export_forget",
    ),
    path("people/review/", views_team_review.ReviewView.as_view(), name="review"),
    path("people/review/texts/new/", views_team_review.NewReasonView.as_view(), name="reason_new"),
    path("people/review/texts/usual/", views_team_review.UsualReasonsView.as_view(), name="reasons_usual"),
    path("people/review/texts/<uuid:public_id>/", views_team_review.ReasonView.as_view(), name="reason"),
    path(
        "people/review/texts/<uuid:public_id>/put-away/",
        views_team_review.PutAwayView.as_view(),
        name="reason_put_away",
    ),
    path(
        "people/review/texts/<uuid:public_id>/take-out/",
        views_team_review.TakeOutView.as_view(),
        name="reason_take_out",
    ),
    path("people/changes/", views_team_changes.ChangesView.as_view(), name="changes"),
    path(
        "people/changes/<uuid:public_id>/<slug:decision>/",
        views_team_changes.DecideChangeView.as_view(),
        name="change_decide",
    ),
    path("people/waiting/", views_team_waiting.WaitingView.as_view(), name="waiting"),
    path("people/lists/", views_team_imports.ImportsView.as_view(), name="imports"),
    path("people/lists/<uuid:public_id>/", views_team_imports.ImportView.as_view(), name="import"),
    path("people/lists/<uuid:public_id>/start/", views_team_imports.StartView.as_view(), name="import_start"),
    path("people/lists/<uuid:public_id>/undo/", views_team_imports.UndoView.as_view(), name="import_undo"),
    path("people/lists/<uuid:public_id>/discard/", views_team_imports.DiscardView.as_view(), name="import_discard"),
    path("people/lists/<uuid:public_id>/rows.xlsx", views_team_imports.WrongRowsView.as_view(), name="import_rows"),
    path("people/<ref:ref>/", views_team_person.PersonView.as_view(), name="detail"),
    path("people/<ref:ref>/correct/", views_team_person.CorrectView.as_view(), name="correct"),
    path("people/<ref:ref>/document/", views_team_document.DocumentView.as_view(), name="document"),
    path("people/<ref:ref>/document/clear/", views_team_document.ClearView.as_view(), name="document_clear"),
    path("people/<ref:ref>/replace/", views_team_replace.ReplaceView.as_view(), name="replace"),
    path("people/<ref:ref>/check/", views_team_person.CheckView.as_view(), name="check"),
    path("people/<ref:ref>/uncheck/", views_team_person.UncheckView.as_view(), name="uncheck"),
    path("people/<ref:ref>/prolong/", views_team_person.ProlongView.as_view(), name="prolong"),
    path("people/<ref:ref>/<slug:decision>/", views_team_person.DecideView.as_view(), name="decide"),
]
