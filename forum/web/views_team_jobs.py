"""Doors to the long works: the list, one with its progress, its file, and the strip that every page shows."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from forum.actions.jobs import cancel_job
from forum.enums import Role
from forum.models import Account
from forum.queries.access import has_role
from forum.queries.jobs import job_label, jobs_in_hand, jobs_visible_to, may_fetch_result, result_of
from forum.web.access import TeamView
from forum.web.files import private_file

PER_PAGE = 30


class JobsView(TeamView):
    """One's own works; an organiser may look at everybody's."""

    permission_required = "forum.enter_team"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Newest first."""
        jobs = jobs_visible_to(request.user)
        sees_all = has_role(request.user, Role.ORGANISER)
        everybody = sees_all and "all" in request.GET
        page = Paginator(jobs if everybody else jobs.filter(owner=request.user.pk), PER_PAGE).get_page(
            request.GET.get("page")
        )
        rows = [{"job": job, "label": job_label(job.kind)} for job in page]
        tabs = [
            {"url": "?", "label": _("Mine"), "current": not everybody},
            {"url": "?all=1", "label": _("Everybody's"), "current": everybody},
        ]
        context = {"page": page, "rows": rows, "tabs": tabs if sees_all else [], "everybody": everybody}
        return render(request, "forum/team/jobs.html", context)


class JobView(TeamView):
    """One work: how far it is, what could not be done, what came out of it."""

    permission_required = "forum.enter_team"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The page; for htmx only its moving part, until the work has ended and the page is drawn anew."""
        job = get_object_or_404(jobs_visible_to(request.user), public_id=public_id)
        context = {"job": job, "label": job_label(job.kind), "may_fetch": may_fetch_result(request.user, job)}
        if not request.htmx:
            return render(request, "forum/team/job.html", context)
        if job.is_finished:
            return HttpResponseClientRefresh()
        return render(request, "forum/team/job.html#moving", context)


class CancelJobView(TeamView):
    """Ask a work to stop."""

    permission_required = "forum.enter_team"

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """What was done stays done."""
        job = get_object_or_404(jobs_visible_to(request.user), public_id=public_id)
        cancel_job(job, by=cast(Account, request.user))
        messages.info(request, _("It stops after what it has in hand. What was done stays done."))
        return redirect("team:job", job.public_id)


class JobFileView(TeamView):
    """The file that came out of a work."""

    permission_required = "forum.enter_team"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """Always a download, never shown inside our pages."""
        job = get_object_or_404(jobs_visible_to(request.user), public_id=public_id)
        if job.result is None or not may_fetch_result(request.user, job):
            raise Http404
        kept = job.result
        try:
            content = result_of(job)
        except FileNotFoundError as error:  # erased between the row and the bytes
            raise Http404 from error
        return private_file(content, name=kept.name, content_type=kept.content_type)


class JobsStripView(TeamView):
    """The strip under the top bar: one's own works in hand. Empty, and asked for rarely, when there are none."""

    permission_required = "forum.enter_team"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A part of a page."""
        rows = [{"job": job, "label": job_label(job.kind)} for job in jobs_in_hand(request.user)]
        busy = any(not row["job"].is_finished for row in rows)
        return render(request, "forum/team/jobs_strip.html", {"rows": rows, "busy": busy})
