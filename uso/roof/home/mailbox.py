"""The demonstration's post box: what the file mail backend caught, newest first.

Part of the addresses in the demonstration alone (`uso/urls.py`).
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SHOWN = 20
BORDER = b"\n" + b"-" * 79 + b"\n"


@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the latest messages; anybody at this machine may read them, none is real."""
    letters = [_shown(letter) for letter in islice(_letters(), SHOWN)]
    return render(request, "demo/mail.html", {"letters": letters})


def _letters() -> Iterator[EmailMessage]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files:
        for raw in reversed(path.read_bytes().split(BORDER)):
            if raw.strip():
                yield message_from_bytes(raw.lstrip(b"\n"), policy=policy.default)


def _shown(letter: EmailMessage) -> dict[str, object]:
    body = letter.get_body(preferencelist=("plain",))
    return {
        "subject": letter["subject"],
        "to": letter["to"],
        "date": letter["date"].datetime if letter["date"] else None,
        "text": body.get_content() if body else "",
        "attachments": [part.get_filename() for part in letter.iter_attachments()],
    }
