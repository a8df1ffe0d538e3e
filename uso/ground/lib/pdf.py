"""Tagged PDF documents from our own HTML, with our own typeface and nothing from outside.

Numbers behind the choices stand in docs/adr on documents: no flex or grid around sections, static
instances of the typeface under a name of our own.
"""

import atexit
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uso.ground.lib.fonts import CUTS, FAMILY, FOLDER, font_path

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

VARIANT = "pdf/ua-1"
DATA_ALLOWED = ("data:image/svg+xml;base64,", "data:image/png;base64,")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished file with its number of pages."""

    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def make_pdf(html: str, style: str) -> Pdf:
    """Make a tagged PDF (PDF/UA-1).

    Parameters
    ----------
    html
        Whole document; `lang`, `<title>` and the headings become the file's own. Pictures are
        `data:` addresses of SVG or PNG. Anything else it points to is refused with an error.
    style
        Style sheet of the document; the typeface is there already as `UsoSans`.

    Raises
    ------
    weasyprint.urls.FatalURLFetchingError
        The document asks for something that is not ours.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415 -- slow import

    fonts, face = _typeface()
    sheets = [face, CSS(string=style, font_config=fonts, url_fetcher=_fetcher())]
    document = HTML(string=html, url_fetcher=_fetcher()).render(
        font_config=fonts, stylesheets=sheets, pdf_variant=VARIANT, pdf_tags=True
    )
    content = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    return Pdf(content, len(document.pages))


@cache
def _typeface() -> "tuple[FontConfiguration, CSS]":
    """Load the typeface once a process: a configuration of its own for each document leaks."""
    from weasyprint import CSS  # noqa: PLC0415 -- slow import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- slow import

    fonts = FontConfiguration()
    rules = "".join(
        f"@font-face{{font-family:{FAMILY};font-weight:{cut.css_weight};"
        f"src:url({font_path(cut.style).as_uri()})}}"
        for cut in CUTS
    )
    # At exit the library its finaliser calls may be gone already.
    atexit.register(_typeface.cache_clear)
    return fonts, CSS(string=rules, font_config=fonts, url_fetcher=_fetcher())


@cache
def _fetcher() -> Any:
    """Make the fetcher that opens the typeface and embedded pictures and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415 -- slow import

    class OurFilesOnly(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith(DATA_ALLOWED) or _is_our_font(url):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"A document may not open {url[:80]}")

    return OurFilesOnly(allowed_protocols={"file", "data"}, allow_redirects=False)


def _is_our_font(url: str) -> bool:
    if not url.startswith("file:///"):
        return False
    path = Path(url.removeprefix("file://")).resolve()
    return path.parent == FOLDER and path.suffix == ".ttf"
