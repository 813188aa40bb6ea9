"""The beginning of an application: as whom, and the consent. The steps after it are `registration.web.views_steps`."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.cache import never_cache

from forum.models import Account, Forum
from forum.queries.access import current_forum
from forum.web.limits import client_ip, limited
from registration.engine.texts import parts_of
from registration.enums import RegistrationState
from registration.models import Category, Invitation, Registration
from registration.queries.applications import registrations_for
from registration.queries.offers import consent_in_force, open_categories, open_category
from registration.sessions import remember, session_refs
from registration.web.entrance import begin, entrance_of, leave, words_of
from registration.web.forms import ConsentForm, with_value
from registration.web.limits import START
from registration.web.once import new_ticket, once
from registration.web.standing import first_missing_step, step_url
from registration.web.views_code import CodeForm
from registration.web.way import way


@method_decorator(never_cache, name="dispatch")
class ApplyView(View):
    """Choose as whom to take part. Nothing personal is asked yet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Cards to choose from, or the news that applications are closed."""
        forum = current_forum()
        mine = registrations_for(request.user, session_refs(request))
        context = {
            "categories": open_categories(forum) if is_open(forum) else [],
            "entrance": words_of(entrance_of(request, forum)),
            "code_form": CodeForm(forum=forum),
            "drafts": list(mine.filter(state=RegistrationState.DRAFT)),
            "has_others": mine.exclude(state=RegistrationState.DRAFT).exists(),
        }
        return render(request, "registration/apply.html", context | way("category"))


def is_open(forum: Forum) -> bool:
    """Applications are taken, and there is a text to consent to."""
    return forum.applications_open and consent_in_force(forum) is not None


@method_decorator(never_cache, name="dispatch")
class ConsentView(View):
    """The consent on its own page. With it the application begins: nothing personal is stored before."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the kind of participation and the text in force."""
        super().setup(request, *args, **kwargs)
        self.forum = current_forum()
        entrance = entrance_of(request, self.forum)
        self.entrance = entrance if entrance and entrance.category.code == kwargs["category"] else None
        self.category = self.entrance.category if self.entrance else self._open(kwargs["category"])
        document = consent_in_force(self.forum)
        if document is None:
            raise Http404
        self.document = document

    def _open(self, code: str) -> Category:
        found = open_category(self.forum, code=code)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, category: str) -> HttpResponse:
        """The full text, its version, and a box that nobody has ticked."""
        return self._page(ConsentForm(document=self.document, ticket=new_ticket()))

    @limited(START)
    def post(self, request: HttpRequest, category: str) -> HttpResponse:
        """Start the application; a second press gets the same one."""
        form = ConsentForm(request.POST, document=self.document)
        if not form.is_valid():
            return self._page(self._again(form), status=422)
        ref = once(form.cleaned_data["ticket"], lambda: self._start().ref)
        registration = get_object_or_404(Registration.objects.select_related("person"), ref=ref)
        remember(request, registration)
        if isinstance(self.entrance, Invitation):  # it is for one; a code is for as many as it says
            leave(request)
        return redirect(step_url(registration, first_missing_step(registration)))

    def _start(self) -> Registration:
        """Begin with the consent just given."""
        return begin(
            self.entrance,
            category=self.category,
            document=self.document,
            language=get_language() or "ru",
            ip=client_ip(self.request) or None,
            account=self.request.user if isinstance(self.request.user, Account) else None,
        )

    def _again(self, form: ConsentForm) -> ConsentForm:
        """The same page with its errors, and always with the version that is shown now."""
        errors = form.errors
        form.data = with_value(form.data, version=str(self.document.version), ticket=new_ticket())
        if "version" in errors:
            form.data = with_value(form.data, agree="")
            form.add_error("agree", errors.pop("version").as_data())
        return form

    def _page(self, form: ConsentForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "document": self.document,
            "parts": parts_of(self.document.body),
            "category": self.category,
            "entrance": words_of(self.entrance),
        }
        context |= way("consent", asks=self.category.form_id is not None)
        return render(self.request, "registration/consent.html", context, status=status)
