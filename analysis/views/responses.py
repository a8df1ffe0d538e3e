"""What the views of an analysis answer alike: files to keep."""

from urllib.parse import quote

from django.http import HttpResponse


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Give a file to keep, under a name of any letters."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
