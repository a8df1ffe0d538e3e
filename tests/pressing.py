"""Pressing as a browser does: the page first, then its form with what it carries."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="(drawn|once|rows-[A-Z_]+_FORMS)" value="([^"]*)"')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


def carried(page: HttpResponse, action: str = "") -> dict[str, str]:
    """Return what a page's form carries beside what is typed: the form that goes to an address.

    Without an address it is that of the only form that carries anything.
    """
    forms = FORM.findall(page.content.decode())
    found = [
        {name: html.unescape(value) for name, value in HIDDEN.findall(fields)}
        for attributes, fields in forms
        if not action or f'action="{action}"' in attributes
    ]
    filled = [each for each in found if each] or [{}]
    assert len(filled) == 1, "Which form?"
    return filled[0]


def press(client: Client, url: str, typed: dict[str, Any] | None = None, **options: Any) -> Any:
    """Open a page, and send its form back to it."""
    return client.post(url, {**carried(client.get(url)), **(typed or {})}, **options)
