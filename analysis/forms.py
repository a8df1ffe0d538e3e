"""Input of the analysis."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality


class PeersForm(forms.Form):
    """The municipalities to be compared with, and why."""

    peers = forms.ModelMultipleChoiceField(
        label=_("Peers"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one municipality.")},
    )
    reason = forms.CharField(
        label=_("Why these?"),
        help_text=_("One or two sentences. They are printed in the analysis."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["peers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 -- for the types
        field.queryset = Municipality.objects.exclude(pk=municipality.pk)

    def chosen_ids(self) -> set[int]:
        """Tell what is ticked, as typed or as stored."""
        return {int(value) for value in self["peers"].value() or () if str(value).isdecimal()}


class ImportForm(forms.Form):
    """Which source is read, and from where."""

    source = forms.ChoiceField(choices=[("pxweb", "pxweb")])
    origin = forms.ChoiceField(choices=[("network", "network"), ("bundled", "bundled")])
