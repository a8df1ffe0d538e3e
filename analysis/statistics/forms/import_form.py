"""Where figures are read from: a source over the network, those of the service, or a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from analysis.statistics.sources import registry, sheets
from analysis.statistics.sources.files import FileWithMapping


class ImportForm(forms.Form):
    """Which source is read, and from where: the network, or the figures that come with the service."""

    source = forms.ChoiceField(
        choices=[(code, code) for code in (*registry.LIVE_SOURCES, *registry.COMPILED_SOURCES)]
    )
    origin = forms.ChoiceField(
        choices=[(registry.NETWORK, registry.NETWORK), (registry.BUNDLED, registry.BUNDLED)]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        allowed = (
            registry.LIVE_SOURCES
            if data.get("origin") == registry.NETWORK
            else registry.BUNDLED_SOURCES
        )
        if data.get("source") not in allowed:
            raise forms.ValidationError(_("This source is not read from there."))
        return data


class FileForm(forms.Form):
    """A file of figures; how it is read is asked afterwards."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XLSX or CSV UTF-8, 10 MB at most. One table with a row for each municipality."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("The file is empty: choose the one with the figures.")},
    )

    def clean_file(self) -> FileWithMapping:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > sheets.MAX_BYTES:
            raise forms.ValidationError(
                _("The file %(name)s is far too large: keep the one table that is wanted in it.")
                % {"name": file.name}
            )
        return FileWithMapping(file.name or "", None, file.read())
