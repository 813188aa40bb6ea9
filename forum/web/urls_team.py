"""Team pages and doors of the ground; no language in the address."""

from django.urls import path

from forum.web import views_health, views_team, views_team_gathered, views_team_jobs, views_team_tokens

app_name = "team"
urlpatterns = [
    path("healthz", views_health.healthz, name="healthz"),
    path("readyz", views_health.readyz, name="readyz"),
    path("metrics", views_health.metrics, name="metrics"),
    path("team/", views_team.TodayView.as_view(), name="today"),
    path("team/board/", views_team.BoardView.as_view(), name="board"),
    path("team/search/", views_team_gathered.SearchView.as_view(), name="search"),
    path("team/design/", views_team_gathered.DesignView.as_view(), name="design"),
    path("team/tasks/", views_team_gathered.TasksView.as_view(), name="tasks"),
    path("team/messages/", views_team.MessagesView.as_view(), name="messages"),
    path("team/messages/<uuid:public_id>/again/", views_team.SendAgainView.as_view(), name="send_again"),
    path("team/rights/", views_team.RightsView.as_view(), name="rights"),
    path("team/rights/<uuid:public_id>/end/", views_team.EndRightView.as_view(), name="end_right"),
    path("team/rights/<uuid:public_id>/restore/", views_team.RestoreRightView.as_view(), name="restore_right"),
    path("team/tokens/", views_team_tokens.TokensView.as_view(), name="tokens"),
    path("team/tokens/<uuid:public_id>/revoke/", views_team_tokens.RevokeTokenView.as_view(), name="revoke_token"),
    path("team/jobs/", views_team_jobs.JobsView.as_view(), name="jobs"),
    path("team/jobs/strip/", views_team_jobs.JobsStripView.as_view(), name="jobs_strip"),
    path("team/jobs/<uuid:public_id>/", views_team_jobs.JobView.as_view(), name="job"),
    path("team/jobs/<uuid:public_id>/cancel/", views_team_jobs.CancelJobView.as_view(), name="cancel_job"),
    path("team/jobs/<uuid:public_id>/file/", views_team_jobs.JobFileView.as_view(), name="job_file"),
]
