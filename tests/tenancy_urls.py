"""The service's addresses, and a few that try what a view may get wrong."""

from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from municipalities.models import Person
from uso.ground.tenancy.scope import scope
from uso.urls import urlpatterns as of_the_service

NAMES = engines["django"].from_string("{% for p in people %}{{ p.last_name }},{% endfor %}")


def names(request: HttpRequest) -> JsonResponse:
    """Raw SQL: what the database shows, and on which of its sessions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), last_name FROM municipalities_person")
        rows = cursor.fetchall()
    return JsonResponse({"pid": rows[0][0], "names": sorted(row[1] for row in rows)})


def write_and_fail(request: HttpRequest) -> HttpResponse:
    Person.objects.create(
        municipality=request.municipality, first_name="Jäljetön", last_name="X", group="office"
    )
    raise RuntimeError("after the write")


def fail_in_the_template(request: HttpRequest) -> HttpResponse:
    Person.objects.create(
        municipality=request.municipality, first_name="Jäljetön", last_name="X", group="office"
    )
    return TemplateResponse(request, NAMES, {"people": _broken()})


def _broken() -> Iterator[Person]:
    raise RuntimeError("while rendering")
    yield


def lazy(request: HttpRequest) -> TemplateResponse:
    """A queryset that runs when the template is rendered, after the view has returned."""
    return TemplateResponse(request, NAMES, {"people": Person.objects.all()})


def stream_late(request: HttpRequest) -> StreamingHttpResponse:
    """Rows read while the answer is sent, when the scope has closed."""

    def rows() -> Iterator[str]:
        for person in Person.objects.all():
            yield person.last_name

    return StreamingHttpResponse(rows())


def stream_in_scope(request: HttpRequest) -> StreamingHttpResponse:
    municipality_id = request.municipality.pk

    def rows() -> Iterator[str]:
        with scope(municipality_id):
            for person in Person.objects.all():
                yield person.last_name

    return StreamingHttpResponse(rows())


urlpatterns = [
    path("names/", names),
    path("k/<municipality:slug>/names/", names),
    path("k/<municipality:slug>/write-and-fail/", write_and_fail),
    path("k/<municipality:slug>/fail-in-the-template/", fail_in_the_template),
    path("k/<municipality:slug>/lazy/", lazy),
    path("k/<municipality:slug>/stream-late/", stream_late),
    path("k/<municipality:slug>/stream-in-scope/", stream_in_scope),
    *of_the_service,
]
