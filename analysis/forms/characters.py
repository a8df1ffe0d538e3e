"""Which characters a text of several lines may have."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# What spreadsheets and printed documents cannot hold; line breaks and tabs they can.
no_controls = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]",
    _("Remove the invisible characters."),
    inverse_match=True,
)
