"""A file of statistics in two steps: it is uploaded, then it is said how it is read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from analysis.statistics import rules
from analysis.statistics.actions import uploads as actions
from analysis.statistics.forms.file_form import FileForm
from analysis.statistics.forms.layout_form import LayoutForm
from analysis.statistics.forms.mapping_form import MappingForm
from analysis.statistics.models import ImportRun
from analysis.statistics.queries import uploaded_file as queries
from municipalities.access import requires
from municipalities.requests import Request
from uso.ground.jobs.models import Job
from uso.ground.lib import pages
from uso.ground.once.creating import create, led_by_the_same_press


@requires(rules.can_import_statistics)
def file(request: Request, code: str) -> HttpResponse:
    """Upload a file of a source; it is stored until it is said how it is read."""
    source = queries.file_source(code)
    if source is None:
        raise Http404
    form = FileForm(pages.sent(request), request.FILES or None)
    if made := create(request, form, actions.upload_file, leads_to=_mapping_of, source=source):
        return made
    context = {
        "source": source,
        "form": form,
        "indicator_names": queries.indicator_names(source),
    }
    return pages.show(request, "statistics/file.html", context, form)


def _mapping_of(run: ImportRun) -> str:
    return reverse("statistics_network:mapping", args=[run.pk])


@requires(rules.can_import_statistics)
def mapping(request: Request, run_id: int) -> HttpResponse:
    """Say how a file is read: where its table is and which column holds what."""
    if used := led_by_the_same_press(request):
        return used
    upload = queries.find_upload(run_id)
    if upload is None:
        messages.error(request, _("This file is not kept any more: bring it again."))
        return redirect("statistics_network:sources")
    layout_form = LayoutForm(request.GET.dict(), upload=upload)
    form = None
    if layout_form.is_valid():
        form = MappingForm(pages.sent(request), layout_form=layout_form, upload=upload)
        if made := create(request, form, actions.start_preview, leads_to=_sources, run=upload.run):
            return made
    context = {"upload": upload, "layout_form": layout_form, "form": form}
    return pages.show(request, "statistics/file_mapping.html", context, layout_form, form)


def _sources(_job: Job) -> str:
    return reverse("statistics_network:sources")
