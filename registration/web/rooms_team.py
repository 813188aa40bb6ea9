"""Our rooms in the navigation of the team."""

from django.utils.translation import gettext_lazy as _

from forum.registry import NavItem
from registration.queries.waiting import waiting_count

ROOMS = (
    NavItem("people", "people:list", _("People"), "people", 100, "registration.view_people", waiting_count),
    NavItem("delegations", "people:delegations", _("Delegations"), "delegations", 110, "registration.lead_delegation"),
    NavItem("papers", "people:papers", _("Signing on paper"), "edit", 120, "registration.record_paper"),
    NavItem("answers", "people:answers", _("Answers"), "tasks", 130, "registration.read_answers"),
    NavItem("vehicles", "vehicles:list", _("Vehicles"), "bus", 250, "registration.manage_vehicles"),
    NavItem("consents", "privacy:register", _("Consents"), "privacy", 700, "registration.view_consents"),
)
