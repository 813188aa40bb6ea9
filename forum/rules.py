"""Who may do what on the ground. Views, templates and the API ask for these names."""

import rules

from forum.enums import Role
from forum.queries.access import User, has_role, is_staff


def holds(*roles: Role) -> rules.Predicate:
    """A predicate that is true for holders of one of `roles`, and for organisers."""

    @rules.predicate(name=f"holds:{','.join(roles)}")
    def check(user: User) -> bool:
        return has_role(user, *roles)

    return check


is_team = rules.predicate(is_staff, name="is_team")
sees_today = holds(
    Role.ACCREDITATION_OFFICER, Role.PROGRAMME_EDITOR, Role.VISIT_COORDINATOR, Role.CHECKIN_SUPERVISOR, Role.VIEWER
)

rules.add_perm("forum.enter_team", is_team)
rules.add_perm("forum.view_today", is_team)
rules.add_perm("forum.view_figures", sees_today)
# Officers must see whether a delegate's letter has left; addresses and sending again are the organiser's.
rules.add_perm("forum.view_messages", holds(Role.ACCREDITATION_OFFICER))
rules.add_perm("forum.view_recipients", holds())
rules.add_perm("forum.send_again", holds())
rules.add_perm("forum.manage_rights", holds())
rules.add_perm("forum.view_design", holds())
