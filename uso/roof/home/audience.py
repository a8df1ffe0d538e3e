"""Who can see a part of a page, in words: the rule that guards it is asked, so the words are true."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.enums import Role, Roles

IN_WORDS: Final = {
    Role.CONTACT: gettext_lazy("the municipality's contact persons"),
    Role.LEADER: gettext_lazy("the municipality's leaders"),
    Role.BILLING: gettext_lazy("the municipality's billing contacts"),
    Role.COORDINATOR: gettext_lazy("the network's coordinators"),
    Role.EXPERT: gettext_lazy("the network's experts"),
}


def who_sees(rule: Callable[[Roles], bool]) -> str:
    """Name everybody whom a rule lets in."""
    let_in = [str(words) for role, words in IN_WORDS.items() if rule(Roles({role}))]
    return _("Who sees this: %(people)s.") % {"people": ", ".join(let_in)}
