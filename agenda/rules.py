"""Who may do what in the programme and with visitors. Which sessions it concerns: `queries/visibility.py`."""

import rules

from forum.enums import Role
from forum.rules import holds

edits = holds(Role.PROGRAMME_EDITOR, Role.PARTNER_EDITOR)
places = holds(Role.PROGRAMME_EDITOR)
reads = holds(Role.PROGRAMME_EDITOR, Role.PARTNER_EDITOR, Role.VIEWER)
coordinates = holds(Role.VISIT_COORDINATOR)

# The press office sees what is released, and no draft.
rules.add_perm("agenda.view_programme", reads)
rules.add_perm("agenda.edit_sessions", edits)
rules.add_perm("agenda.propose", edits)
# Halls, times and publication are the host team's.
rules.add_perm("agenda.place_sessions", places)
rules.add_perm("agenda.publish", places)
# Names of visitors are the coordinator's; who sits in a session is its editors'.
rules.add_perm("agenda.view_visits", coordinates)
rules.add_perm("agenda.manage_visitors", coordinates)
rules.add_perm("agenda.print_visitors", coordinates)
# The list with document data: who reads of documents what visits need, and nobody else.
rules.add_perm("agenda.list_documents", coordinates)
rules.add_perm("agenda.view_seats", edits)
# Where the media want to film: officers read it, the coordinator puts it to plants, a plant answers for itself.
rules.add_perm("agenda.view_filming", holds(Role.VISIT_COORDINATOR, Role.ACCREDITATION_OFFICER, Role.HOST_CONTACT))
rules.add_perm("agenda.manage_filming", coordinates)
rules.add_perm("agenda.answer_filming", holds(Role.VISIT_COORDINATOR, Role.HOST_CONTACT))
