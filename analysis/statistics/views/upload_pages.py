"""A file of statistics in two steps: it is chosen, then it is said how it is read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from analysis.statistics import rules
from analysis.statistics.actions import uploads as actions
from analysis.statistics.forms.import_form import FileForm
from analysis.statistics.forms.mapping_form import MappingForm
from analysis.statistics.forms.table_form import LayoutForm
from analysis.statistics.models import ImportRun, Source
from analysis.statistics.queries import uploaded_file as queries
from municipalities.access import requires
from municipalities.requests import Request
from uso.ground.lib.errors import RuleViolation


@requires(rules.can_import_statistics)
def file(request: Request, code: str) -> HttpResponse:
    """Choose a file of a source; it is kept until it is said how it is read."""
    source = queries.file_source(code)
    if source is None:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    run = _kept(request, source, form) if request.method == "POST" and form.is_valid() else None
    if run:
        return redirect("statistics_network:mapping", run.pk)
    context = {"source": source, "form": form, "wanted": queries.read_from(source)}
    return render(request, "statistics/file.html", context, status=422 if form.errors else 200)


def _kept(request: Request, source: Source, form: FileForm) -> ImportRun | None:
    file = form.cleaned_data["file"]
    try:
        return actions.keep_file(
            source=source, name=file.name, content=file.read(), by=request.user
        )
    except RuleViolation as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return None


@requires(rules.can_import_statistics)
def mapping(request: Request, run_id: int) -> HttpResponse:
    """Say how a file is read: where its table stands and which column tells what."""
    upload = queries.upload(run_id)
    if upload is None:
        messages.error(request, _("This file is not kept any more: bring it again."))
        return redirect("statistics_network:sources")
    told = LayoutForm(request.GET.dict(), upload=upload)
    form = None
    if told.is_valid():
        form = MappingForm(request.POST or None, told=told, upload=upload)
    if form and form.is_bound and form.is_valid() and _begun(request, upload, form):
        return redirect("statistics_network:sources")
    context = {"upload": upload, "told": told, "form": form}
    wrong = (form and form.errors) or told.errors
    return render(request, "statistics/file_mapping.html", context, status=422 if wrong else 200)


def _begun(request: Request, upload: queries.Upload, form: MappingForm) -> bool:
    rules_told = form.cleaned_data["mapping"]
    try:
        actions.read_file(
            run=upload.run,
            table=upload.plan(rules_told.table).table,
            rules=rules_told,
            by=request.user,
        )
    except RuleViolation as refusal:
        form.add_error(None, refusal.message)
        return False
    return True
