"""What is answered to a request that the framework itself refuses."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def answer_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that too much was sent at once (413), else that it was not understood (`handler400`).

    The second is drawn without the request: reading what was sent would fail once more.
    """
    if isinstance(exception, TOO_MUCH):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)
