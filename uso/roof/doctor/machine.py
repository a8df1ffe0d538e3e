"""The doctor's look at this machine: mail, typeface, PDF libraries, static files, browser, disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.mail import get_connection

from uso.ground.lib.fonts import font_path
from uso.roof.doctor.finding import Finding

LEAST_FREE_BYTES = 2 * 1024**3
APT = "Run: sudo apt-get install --yes"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def mail() -> Iterator[Finding]:
    """Open the way messages leave, without sending any."""
    name = settings.EMAIL_BACKEND.removesuffix(".EmailBackend")
    with get_connection():
        yield Finding("mail", f"{name} accepts a connection")


def typeface() -> Iterator[Finding]:
    """Say whether the typeface of page and PDF is made."""
    missing = [path.name for path in (font_path("Regular"), font_path("Bold")) if not path.exists()]
    found = f"missing {', '.join(missing)}." if missing else "made"
    yield Finding("typeface", found, "Run: python -m uso.ground.lib.fonts" if missing else "")


def pdf_libraries() -> Iterator[Finding]:
    """Say whether PDFs can be made, and made fast."""
    from weasyprint.text import ffi  # noqa: PLC0415 -- fails where Pango is missing

    number = ffi.pango.pango_version()
    pango = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    if ffi.harfbuzz_subset is None:
        yield Finding("PDF", f"Pango {pango}, slowly.", f"{APT} libharfbuzz-subset0")
    else:
        yield Finding("PDF", f"Pango {pango} with harfbuzz-subset")


def static_files() -> Iterator[Finding]:
    """Say whether the static files of this version are collected."""
    manifest = getattr(staticfiles_storage, "hashed_files", None)
    if manifest is None:
        yield Finding("static files", "served from their sources")
    elif manifest:
        yield Finding("static files", f"{len(manifest)} collected")
    else:
        yield Finding("static files", "none collected.", "Run: manage.py collectstatic --no-input")


def browser() -> Iterator[Finding]:
    """Say whether the browser tests could run; the service itself does not need it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    yield Finding("browser for tests", found or "none; only `make test` needs it (apt: chromium)")


def disk() -> Iterator[Finding]:
    """Say how much room is left."""
    place = next(p for p in (settings.VAR_DIR, Path(settings.BASE_DIR)) if p.exists())
    free = shutil.disk_usage(place).free
    found = f"{free / 1024**3:.1f} GB free under {place}"
    remedy = "— make room: imports, PDFs and the database need 2 GB."
    yield Finding("disk", found, "" if free >= LEAST_FREE_BYTES else remedy)
