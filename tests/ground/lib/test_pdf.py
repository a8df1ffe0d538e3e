"""Documents and pictures: tagged, in our own typeface, with nothing from outside."""

import base64
import hashlib
import io
import struct

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from uso.ground.lib.fonts import font_path
from uso.ground.lib.pdf import make_pdf
from uso.ground.lib.png import as_png

BODY = '<h1>Otsikko</h1><p style="break-after: page">Yksi</p><p><b>Kaksi</b></p>'
PAGE = f'<html lang="sv"><title>Nimi</title><body>{BODY}</body></html>'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"></svg>'


@pytest.fixture(scope="module")
def made():
    return make_pdf(PAGE, "body { font-family: UsoSans }")


def test_document_is_tagged_and_named_in_its_language(made):
    reader = PdfReader(io.BytesIO(made.content))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert (root["/Lang"], reader.metadata.title) == ("sv", "Nimi")
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert "/StructTreeRoot" in root


def test_document_counts_its_pages_and_knows_its_bytes(made):
    assert made.pages == len(PdfReader(io.BytesIO(made.content)).pages) == 2
    assert made.sha256 == hashlib.sha256(made.content).hexdigest()


def test_document_has_both_weights_of_our_typeface(made):
    pages = PdfReader(io.BytesIO(made.content)).pages

    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"UsoSans", "UsoSans-Bold"}


@pytest.mark.parametrize(
    "address",
    ["https://example.fi/x.png", "http://localhost/x.css", "file:///etc/passwd",
     "file:///work/../etc/passwd", "data:text/html;base64,eA==",
     font_path("Regular", "woff2").as_uri(), font_path().as_uri().replace("file:///", "file://x/")],
)  # fmt: skip
def test_document_opens_nothing_but_our_own_files(address):
    html = f'<html lang="fi"><title>t</title><img alt="x" src="{address}"></html>'

    with pytest.raises(FatalURLFetchingError, match="A document may not open"):
        make_pdf(html, "")


def test_style_opens_nothing_from_outside_either():
    with pytest.raises(FatalURLFetchingError):
        make_pdf(PAGE, "@import url(https://example.fi/x.css);")


@pytest.mark.parametrize(
    "picture",
    [
        ("image/svg+xml", DRAWING.encode()),
        ("image/png", as_png(DRAWING)),
    ],
)
def test_picture_within_the_document_is_drawn(picture):
    kind, content = picture
    address = f"data:{kind};base64,{base64.b64encode(content).decode()}"

    made = make_pdf(f'<html lang="fi"><title>t</title><img alt="x" src="{address}"></html>', "")

    assert made.pages == 1


def test_png_is_three_times_the_drawing_on_white():
    content = as_png(DRAWING)

    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == (60, 30)
