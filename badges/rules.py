"""Who may do what with badges and check-in. Views, templates and the API ask for these names."""

import rules

from forum.enums import Role
from forum.rules import holds

prints = holds(Role.ACCREDITATION_OFFICER)
scans = holds(Role.CHECKIN_STAFF, Role.CHECKIN_SUPERVISOR)
watches = holds(Role.CHECKIN_SUPERVISOR, Role.ACCREDITATION_OFFICER)
supervises = holds(Role.CHECKIN_SUPERVISOR)
meets_people = holds(Role.ACCREDITATION_OFFICER, Role.PARTNER_EDITOR)

rules.add_perm("badges.print_badges", prints)
rules.add_perm("badges.reissue_badge", prints)
rules.add_perm("badges.scan", scans)
rules.add_perm("badges.view_checkin", watches)
rules.add_perm("badges.revoke_device", supervises)
rules.add_perm("badges.view_people", meets_people)
