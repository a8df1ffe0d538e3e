"""Files that people send: a PDF by its content, and a form that says when a file was lost."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from uso.ground.lib.characters import clean_line
from uso.ground.lib.money import number

MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 10
LONGEST_NAME: Final = 200
# ISO 32000: programs take the head anywhere in the first, the mark of the end in the last 1 024 bytes.
NEAR: Final = 1024


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came."""

    name: str
    content: bytes


def is_pdf(content: bytes) -> bool:
    r"""Whether bytes are a PDF, whatever their file is called.

    >>> is_pdf(b"%PDF-1.7\n...\n%%EOF\n"), is_pdf(b"MZ\x90 not a PDF"), is_pdf(b"%PDF-1.7 cut off")
    (True, False, False)
    """
    return b"%PDF-" in content[:NEAR] and b"%%EOF" in content[-NEAR:]


class PdfField(forms.FileField):
    """A PDF of a reasonable size."""

    def __init__(self, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ".pdf,application/pdf"})
        super().__init__(widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file with its content, or None where none was sent."""
        file: Any = super().clean(data, initial)
        if not file:
            return None
        name = clean_line(file.name or "")[-LONGEST_NAME:]
        self._require_size(file, name)
        content = file.read()
        if not is_pdf(content) or not name.lower().endswith(".pdf"):
            raise ValidationError(
                _("The file %(name)s is no whole PDF: save the document as a PDF and choose that."),
                params={"name": name},
            )
        return SentFile(name, content)

    @staticmethod
    def _require_size(file: Any, name: str) -> None:
        if (file.size or 0) > MOST_MEGABYTES * MEGABYTE:
            raise ValidationError(
                _(
                    "The file %(name)s is too large, %(size)s MB: choose one of %(most)d MB at most, for example without the attachments."
                ),
                params={
                    "name": name,
                    "size": number((file.size or 0) / MEGABYTE, 0),
                    "most": MOST_MEGABYTES,
                },
            )


class SaysFilesAreLost(forms.BaseForm):
    """A form that says of each file it was sent that it must be chosen again, where it is refused.

    Put before `Form` or `ModelForm`.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        """Say it beside what was wrong; a browser keeps no file in a form that comes back."""
        if field and field in self.files:
            self.errors.pop(field, None)  # what is wrong with the file itself says enough
        super().add_error(field, error)
        for name in self.files:
            if name in self.fields and name not in self.errors:
                super().add_error(
                    name, _("The file was not stored, as the form was not: choose it again.")
                )
