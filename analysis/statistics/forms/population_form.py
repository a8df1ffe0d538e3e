"""Which populations to read, and from where."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analysis.statistics.enums import PopulationOrigin
from uso.ground.lib import sheets
from uso.ground.lib.fields import Form
from uso.ground.lib.uploads import SaysFilesAreLost, SentFile

#: The earliest populations that came with the service.
FIRST_YEAR: Final = 2000


class PopulationForm(SaysFilesAreLost, Form):
    """A year that has ended, and where its populations are read from."""

    year = forms.IntegerField(
        label=_("Year"),
        help_text=_("The populations at the end of the year, 31 December."),
    )
    origin = forms.ChoiceField(
        label=_("Read from"), choices=PopulationOrigin.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "XLSX or CSV: the code or name of the municipality, the year, the population. Needed only for a file of your own."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("The file is empty: choose the one with the populations.")},
    )

    def clean_year(self) -> int:
        """Refuse a year that has not ended: its populations are not known yet."""
        year: int = self.cleaned_data["year"]
        last = timezone.localdate().year - 1
        if not FIRST_YEAR <= year <= last:
            raise forms.ValidationError(
                _("Choose a year from %(first)s to %(last)s: it must have ended."),
                params={"first": str(FIRST_YEAR), "last": str(last)},
            )
        return year

    def clean_file(self) -> SentFile | None:
        """Take the file whole; how large it may be is asked before it is read."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > sheets.MAX_BYTES:
            raise forms.ValidationError(
                _("The file %(name)s is far too large: keep the one table that is wanted in it."),
                params={"name": file.name},
            )
        return SentFile(file.name or "", file.read())

    def clean(self) -> dict[str, Any]:
        """Ask for the file where one is to be read, and leave it out otherwise."""
        data = super().clean() or {}
        from_file = data.get("origin") == PopulationOrigin.FILE
        if from_file and not data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose the file to read."))
        if not from_file:
            data["file"] = None
        return data
