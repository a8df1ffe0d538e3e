"""What the logs leave out."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response
from django.utils.module_loading import import_string


@pytest.mark.parametrize(("status", "reason"), [(403, False), (500, True)])
def test_refused_page_is_one_line_and_a_fault_tells_its_reason(status, reason):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(formatter.format(record))
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    formatter = logging.Formatter()
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)

    log_response(
        "Refused: %s",
        "/roles/",
        request=RequestFactory().get("/roles/"),
        response=HttpResponse(status=status),
        exception=PermissionDenied("a role that is missing"),
    )

    logger.removeHandler(handler)
    assert lines[0].startswith("Refused: /roles/")
    assert ("PermissionDenied" in lines[0]) is reason
