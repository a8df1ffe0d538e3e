"""A file of figures, as it is uploaded."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from analysis.statistics.sources.files import FileWithMapping
from uso.ground.lib import sheets
from uso.ground.lib.fields import Form


class FileForm(Form):
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
