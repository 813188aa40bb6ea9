"""Addresses of the print desk, the check-in board and the scanner; no language in them."""

from django.urls import path

from badges.web import views_scan, views_team_board, views_team_print

app_name = "checkin"
urlpatterns = [
    path("team/print/", views_team_print.PrintDeskView.as_view(), name="print_desk"),
    path("team/print/<str:ref>/", views_team_print.PrintOneView.as_view(), name="print_one"),
    path("team/print/<str:ref>/reissue/", views_team_print.ReissueView.as_view(), name="reissue"),
    path("team/checkin/", views_team_board.BoardView.as_view(), name="board"),
    path(
        "team/checkin/devices/<uuid:public_id>/revoke/",
        views_team_board.RevokeDeviceView.as_view(),
        name="revoke_device",
    ),
    path("scan/", views_scan.ScanView.as_view(), name="scan"),
    path("scan/enrol/", views_scan.EnrolView.as_view(), name="enrol"),
]
