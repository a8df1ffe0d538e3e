"""The invitation as a PDF, drawn of the same content as the page."""

import hashlib
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from analysis.charts.svg import as_data_uri
from seasons.models import Season
from uso.ground.lib.pdf import Pdf, make_pdf
from uso.roof.brochure.content import Brochure
from uso.roof.brochure.ornament import river

STYLE = Path(__file__).parent / "brochure.css"
COVER_WIDTH, COVER_HEIGHT = 794.0, 420.0  # A4 is as wide in CSS pixels


def invitation_html(brochure: Brochure, address: str) -> str:
    """Write the invitation as one HTML document that needs nothing else but its style.

    Parameters
    ----------
    address
        Of the season's public page, where interest is expressed.
    """
    with translation.override(brochure.language):
        context = {"brochure": brochure, "address": address}
        return render_to_string("brochure/print/document.html", context)


def style_of(brochure: Brochure) -> str:
    """Return the style sheet with the season's own drawing on the cover: a stone for each phase."""
    drawn = as_data_uri(river(COVER_WIDTH, COVER_HEIGHT, len(brochure.phases)))
    return STYLE.read_text().replace("COVER-DRAWING", drawn)


def invitation_pdf(html: str, style: str) -> Pdf:
    """Make the tagged PDF (PDF/UA-1) of what `invitation_html` and `style_of` return."""
    return make_pdf(html, style)


def fingerprint(html: str, style: str) -> str:
    """Distinguish one invitation from another by all that is printed: words, order and looks."""
    return hashlib.sha256(f"{style}\n{html}".encode()).hexdigest()


def file_name(season: Season, language: str) -> str:
    """Name the file so that it is known in a folder of downloads: `Kutsu USO8 2025–2026.pdf`."""
    word = {"fi": "Kutsu", "sv": "Inbjudan", "en": "Invitation"}[language]
    return f"{word} {season} {season.years}.pdf"
