"""Addresses of the officers, below /team/."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.web import (
    views_team,
    views_team_delegations,
    views_team_document,
    views_team_exports,
    views_team_imports,
    views_team_members,
    views_team_papers,
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
    path("people/lists/", views_team_imports.ImportsView.as_view(), name="imports"),
    path("people/lists/<uuid:public_id>/", views_team_imports.ImportView.as_view(), name="import"),
    path("people/lists/<uuid:public_id>/start/", views_team_imports.StartView.as_view(), name="import_start"),
    path("people/lists/<uuid:public_id>/undo/", views_team_imports.UndoView.as_view(), name="import_undo"),
    path("people/lists/<uuid:public_id>/discard/", views_team_imports.DiscardView.as_view(), name="import_discard"),
    path("people/lists/<uuid:public_id>/rows.xlsx", views_team_imports.WrongRowsView.as_view(), name="import_rows"),
    path("people/delegations/", views_team_delegations.DelegationsView.as_view(), name="delegations"),
    path("people/delegations/<slug:code>/", views_team_delegations.DelegationView.as_view(), name="delegation"),
    path(
        "people/delegations/<slug:code>/quotas/<slug:category>/",
        views_team_delegations.QuotaView.as_view(),
        name="delegation_quota",
    ),
    path("people/delegations/<slug:code>/heads/", views_team_delegations.HeadsView.as_view(), name="delegation_heads"),
    path(
        "people/delegations/<slug:code>/heads/<uuid:public_id>/end/",
        views_team_delegations.EndHeadView.as_view(),
        name="head_end",
    ),
    path(
        "people/delegations/<slug:code>/badges/", views_team_delegations.CollectView.as_view(), name="delegation_badges"
    ),
    path("people/delegations/<slug:code>/add/", views_team_members.AddMemberView.as_view(), name="member_add"),
    path(
        "people/delegations/<slug:code>/places/<slug:category>/",
        views_team_members.PlacesView.as_view(),
        name="places_keep",
    ),
    path(
        "people/delegations/<slug:code>/places/<slug:category>/back/",
        views_team_members.GiveBackView.as_view(),
        name="places_back",
    ),
    path("people/delegations/<slug:code>/remind/", views_team_members.RemindView.as_view(), name="members_remind"),
    path(
        "people/delegations/<slug:code>/<ref:ref>/withdraw/",
        views_team_members.LeaveView.as_view(),
        name="member_leave",
    ),
    path(
        "people/delegations/<slug:code>/<ref:ref>/replace/",
        views_team_members.MemberReplaceView.as_view(),
        name="member_replace",
    ),
    path("people/papers/", views_team_papers.PapersView.as_view(), name="papers"),
    path("people/<ref:ref>/paper/", views_team_papers.PaperView.as_view(), name="paper"),
    path("people/<ref:ref>/complete/", views_team_papers.CompleteView.as_view(), name="complete"),
    path("people/<ref:ref>/", views_team_person.PersonView.as_view(), name="detail"),
    path("people/<ref:ref>/correct/", views_team_person.CorrectView.as_view(), name="correct"),
    path("people/<ref:ref>/document/", views_team_document.DocumentView.as_view(), name="document"),
    path("people/<ref:ref>/document/clear/", views_team_document.ClearView.as_view(), name="document_clear"),
    path("people/<ref:ref>/replace/", views_team_replace.ReplaceView.as_view(), name="replace"),
    path("people/<ref:ref>/<slug:decision>/", views_team_person.DecideView.as_view(), name="decide"),
]
