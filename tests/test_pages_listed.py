"""Every page has its picture, and with it its place in the browser tests: a page that nobody listed fails here."""

from collections.abc import Iterator

from django.urls import resolve
from django.utils.translation import override

from forum.runtime.shots_page import ALL, BOTH, RU, Shot
from forum.runtime.shots_pages import PAGES, chosen
from tests.addresses import addresses

NO_PAGE = {
    # Doors that only take a form and answer with a redirect.
    "set_language", "team:send_again", "team:end_right", "team:restore_right", "team:revoke_token", "team:cancel_job",
    "people:remind", "people:answer_file", "registration:answer_file", "forms:start", "forms:discard", "forms:change",
    "people:head_end", "people:places_back", "people:members_remind", "people:paper_sheet",
    "people:decide", "people:export_keep", "people:export_forget",
    "people:check", "people:uncheck", "people:bulk_undo", "people:prolong", "people:change_decide",
    "people:apart", "people:suspect", "people:merge_undo",
    "registration:change_take_back", "people:reasons_usual",
    "people:reason_put_away", "people:reason_take_out",
    "people:import_start", "people:import_undo", "people:import_discard", "people:import_rows",
    "checkin:print_one", "checkin:reissue", "checkin:revoke_device", "checkin:enrol", "registration:confirm",
    "registration:discard", "registration:forget", "registration:document_erase", "registration:picture_remove",
    "registration:picture_file", "people:document_clear", "forum:after_sign_in",
    "registration:accept",
    "people:invitations_send", "people:invitations_remind", "people:invitation_act", "people:invitation_report_file",
    "people:code_stop", "people:code_resume",
    "registration:visa_ask", "registration:visa_stop", "registration:visa_letter",
    "people:visa_open", "people:visa_decide", "people:visa_back", "people:visa_issue", "people:visa_void",
    "people:abroad_list", "privacy:told", "filming:put", "filming:told", "filming:list", "places:film_withdraw",
    "people:visa_file", "people:equipment_list", "registration:equipment_remove",
    "vehicles:approve", "vehicles:refuse", "vehicles:withdraw", "vehicles:pass", "vehicles:gate_list",
    # Parts of pages, files, machines.
    "team:healthz", "team:readyz", "team:metrics",
    "team:board", "team:tasks", "team:jobs_strip", "team:job_file", "badges:my_badge_pdf",
    "api:schema", "mfa_download_recovery_codes", "agenda:programme_calendar", "agenda:run_calendar",
    "agenda:session_calendar", "programme:decide", "programme:export", "programme:publish",
    "places:session", "places:visit_back", "privacy:export", "registration:data_file", "visits:list",
    "visits:documents_remind", "visits:documents_list",
    # allauth's names of pages that we answer with 404, redirect from, or draw with a form that is listed.
    "account_email", "account_email_verification_sent", "account_confirm_email", "account_change_password",
    "account_set_password", "account_reset_password", "account_signup", "account_inactive",
    "account_request_login_code", "account_reauthenticate", "mfa_login_webauthn",
    "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_remove_webauthn", "mfa_edit_webauthn",
}  # fmt: skip
"""Addresses without a picture of their own. Whatever draws a page of ours does not belong here."""


def shown(shot: Shot) -> str:
    with override("ru"):  # an address is found only in the language that is spoken
        return shot.view or resolve(shot.url.format(lang="ru").partition("?")[0]).view_name


def views() -> Iterator[str]:
    """Outside demo mode the demo's own addresses do not exist."""
    listed = (shot for shot in PAGES if shot.status != 404 and (shot.view or not shot.url.startswith("/demo/")))
    return (name for name in map(shown, listed) if not name.startswith("demo:"))


def ours() -> set[str]:
    return {name for name, _pattern in addresses() if "_api:" not in name}


def test_every_address_is_a_listed_page_or_said_to_be_none() -> None:
    assert ours() - NO_PAGE - set(views()) == set()


def test_nothing_is_listed_that_does_not_exist_or_is_said_to_be_no_page() -> None:
    assert NO_PAGE - ours() == set()
    assert set(views()) & NO_PAGE == set()
    assert set(views()) - ours() == set()


def test_names_of_pictures_are_unique() -> None:
    names = [shot.name for shot in PAGES]
    assert sorted(set(names)) == sorted(names)


def test_delegates_see_four_languages_and_the_team_two() -> None:
    for shot in PAGES:
        if shot.url.startswith("/{lang}/") and shot.role in ("", "delegate") and shot.languages not in (ALL, (RU,)):
            assert shot.name in ("programme-list",), shot.name
        if shot.role not in ("", "delegate"):
            assert set(shot.languages) <= set(BOTH) or shot.name == "my-nobody", shot.name


def test_a_shot_without_an_address_brings_those_before_it_along() -> None:
    assert [shot.name for shot in chosen(["apply-work"])] == ["apply-name", "apply-contact", "apply-work"]
