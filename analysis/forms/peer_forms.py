"""Whom a municipality is compared with, and how much each factor counts in the suggestion."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analysis.engine.similarity import FACTORS, NORMAL
from analysis.enums import PeerGroup
from analysis.wording.likeness import FACTOR_WORDS
from municipalities.models import Municipality
from uso.ground.lib.fields import Form
from uso.ground.lib.languages import current_language
from uso.ground.lib.order import finnish

_UNKNOWN = _("One of the municipalities is not on the list. Choose them from the list below.")

LONGEST_ID = 19


class WeightsForm(Form):
    """How much each factor counts in the suggestion; a factor left out counts as usual."""

    LEVELS: ClassVar = [(0, _("Not counted")), (1, _("Normal")), (2, _("Double"))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in FACTORS:
            self.fields[factor.key] = forms.TypedChoiceField(
                label=FACTOR_WORDS[factor.key].name[current_language()],
                choices=self.LEVELS,
                coerce=int,
                required=False,
                initial=factor.weight,
                error_messages={
                    "invalid_choice": _(
                        "A weight in the address is not known: 0 is not counted, 1 normal, 2 double."
                    )
                },
            )

    def clean(self) -> dict[str, Any]:
        """Take the usual weight where none is given, and ask that something counts."""
        typed = super().clean() or {}
        cleaned = {key: NORMAL[key] if value == "" else value for key, value in typed.items()}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(
                _("Let at least one factor count: with none there is no likeness to measure.")
            )
        return cleaned

    def weights(self) -> dict[str, int]:
        """Give the weights chosen; the usual ones where what was asked for will not do."""
        if self.is_bound and self.is_valid():
            return dict(self.cleaned_data)
        given = {} if self.is_bound else self.initial
        return {factor.key: given.get(factor.key, factor.weight) for factor in FACTORS}


class PeersForm(Form):
    """The municipalities to be compared with, and why."""

    peers = forms.ModelMultipleChoiceField(
        label=_("Peers"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _UNKNOWN, "invalid_pk_value": _UNKNOWN},
    )
    group = forms.ChoiceField(
        label=_("Whom are you compared with?"),
        choices=PeerGroup,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("There is no such group. Choose one from the list.")},
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
        field.queryset = Municipality.objects.in_force(on=timezone.localdate()).exclude(
            pk=municipality.pk
        )

    def clean_peers(self) -> list[Municipality]:
        """Put them in the order they are printed in."""
        return sorted(self.cleaned_data["peers"], key=lambda peer: finnish(peer.name))

    def clean_group(self) -> str:
        """Take the own choice where no group is named."""
        return str(self.cleaned_data["group"] or PeerGroup.OWN)

    def chosen_group(self) -> str:
        """Return the group that is marked, as typed or as stored."""
        value = self["group"].value()
        return value if value in PeerGroup.values else PeerGroup.OWN

    def chosen_ids(self) -> set[int]:
        """Return what is ticked, as typed or as stored."""
        typed = map(str, self["peers"].value() or ())
        return {int(value) for value in typed if value.isdecimal() and len(value) < LONGEST_ID}
