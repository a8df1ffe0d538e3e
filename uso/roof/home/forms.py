"""What is asked before something ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uso.ground.lib.fields import Form


class EndRoleForm(Form):
    """The second word before a role ends, where there is something to think of."""

    def __init__(self, *args: Any, warning: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if warning or self.is_bound:  # the warning may come while it is sent
            self.fields["sure"] = forms.BooleanField(
                label=_("End the role all the same"), required=False
            )
