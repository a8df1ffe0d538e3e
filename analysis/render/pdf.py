"""The report as HTML and as PDF, made from frozen content."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from analysis.content.edition import EditionContent
from analysis.render import report
from uso.ground.lib.pdf import Pdf, make_pdf

STYLE = Path(__file__).parent / "report.css"


def report_html(content: EditionContent, language: str) -> str:
    """Write the whole report as one HTML document that needs nothing else.

    Parameters
    ----------
    content
        Frozen content of an edition (:func:`analysis.content.compose.compose`).
    language
        `fi`, `sv` or `en`; the language of the request plays no part.
    """
    with translation.override(language):
        return render_to_string(
            "analysis/report/report.html",
            {"report": report(content, language), "lang": language, "demo": settings.DEMO},
        )


def report_pdf(content: EditionContent, language: str) -> Pdf:
    """Make the tagged PDF (PDF/UA-1) of the report."""
    return make_pdf(report_html(content, language), STYLE.read_text())


def standalone_html(content: EditionContent, language: str) -> str:
    """Write the HTML the PDF comes from with its style sheet in it, to be looked at by itself."""
    style = f"<style>{STYLE.read_text()}</style></head>"
    return report_html(content, language).replace("</head>", style, 1)


def file_name(content: EditionContent, language: str, suffix: str, *, part: str = "") -> str:
    """Name a file so that it is not mistaken for another in a folder of downloads.

    Parameters
    ----------
    content, language
        The edition, and the language of the name.
    suffix
        Kind of the file, without the dot.
    part
        What of the edition it holds; empty for all of it.

    Returns
    -------
    str
        Such as `Tilanneanalyysi Jämsä 2025–2026 painos 1.pdf`.
    """
    name, years = content.municipality.name.nominative(language), content.edition.years
    words = {
        "fi": f"Tilanneanalyysi {name} {years} painos {content.edition.number}",
        "sv": f"Lägesanalys {name} {years} upplaga {content.edition.number}",
        "en": f"Situation analysis {name} {years} edition {content.edition.number}",
    }
    return f"{words[language]}{f' {part}' if part else ''}.{suffix}"
