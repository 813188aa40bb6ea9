"""Who may do what with applications."""

import rules

from forum.enums import Role
from forum.rules import holds
from registration.queries.questions import ROOM_READERS

is_officer = holds(Role.ACCREDITATION_OFFICER)
answers_for_data = holds(Role.PRIVACY_OFFICER)
leads_people = holds(Role.ACCREDITATION_OFFICER, Role.DELEGATION_HEAD)

rules.add_perm("registration.view_consents", answers_for_data)
rules.add_perm("registration.publish_consents", answers_for_data)
# What people say about a consent by letter, by email or at the desk; officers see it on the application.
rules.add_perm("registration.record_consents", holds(Role.PRIVACY_OFFICER, Role.ACCREDITATION_OFFICER))
rules.add_perm("registration.view_erasures", answers_for_data)
rules.add_perm("registration.erase_people", answers_for_data)
# Plants are the coordinator's to tell, every receiver the one's who answers for personal data: `queries.disclosures`.
rules.add_perm("registration.tell_receivers", holds(Role.PRIVACY_OFFICER, Role.VISIT_COORDINATOR))
rules.add_perm("registration.view_people", is_officer)
# In full only with a reason; the coordinator only what visits need, of people who go to one.
rules.add_perm("registration.view_documents", holds(Role.ACCREDITATION_OFFICER, Role.VISIT_COORDINATOR))
rules.add_perm("registration.decide", is_officer)
rules.add_perm("registration.edit_review", is_officer)
rules.add_perm("registration.correct", is_officer)
rules.add_perm("registration.register_others", is_officer)
rules.add_perm("registration.invite", is_officer)
# A head only their own delegation: `queries.delegations`.
rules.add_perm("registration.import_people", leads_people)
rules.add_perm("registration.lead_delegation", leads_people)
rules.add_perm("registration.arrange_delegations", is_officer)
rules.add_perm("registration.record_paper", holds(Role.ACCREDITATION_OFFICER, Role.CHECKIN_SUPERVISOR))
# Whoever has people who sign on paper prints what they sign.
rules.add_perm(
    "registration.print_consent",
    holds(Role.ACCREDITATION_OFFICER, Role.CHECKIN_SUPERVISOR, Role.DELEGATION_HEAD),
)
rules.add_perm("registration.export_people", is_officer)
rules.add_perm("registration.edit_forms", is_officer)
# Officers read answers with the application; whoever a question names beside them in a room of its own.
rules.add_perm("registration.read_answers", holds(*ROOM_READERS))
rules.add_perm("registration.manage_visas", is_officer)
rules.add_perm("registration.manage_vehicles", is_officer)
rules.add_perm("registration.view_equipment", is_officer)
