"""The demonstration's post box: what the file mail backend caught, newest first.

Part of the addresses in the demonstration alone (`uso/urls.py`).
"""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SHOWN = 20
BORDER = b"\n" + b"-" * 79 + b"\n"


@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the messages a page at a time; anybody at this machine may read them, none is real."""
    page = Paginator(_letters(), SHOWN).get_page(request.GET.get("page"))
    letters = [_shown(raw) for raw in page]
    return render(request, "demo/mail.html", {"letters": letters, "page": page})


def _letters() -> list[bytes]:
    """Read the messages as they were sent, the latest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    parts = (raw for path in files for raw in reversed(path.read_bytes().split(BORDER)))
    return [raw.lstrip(b"\n") for raw in parts if raw.strip()]


def _shown(raw: bytes) -> dict[str, object]:
    letter: EmailMessage = message_from_bytes(raw, policy=policy.default)
    body = letter.get_body(preferencelist=("plain",))
    return {
        "subject": letter["subject"],
        "to": letter["to"],
        "date": letter["date"].datetime if letter["date"] else None,
        "text": body.get_content() if body else "",
        "attachments": [part.get_filename() for part in letter.iter_attachments()],
    }
