"""Make the one typeface of page and PDF: ``UsoSans`` in two weights.

Static instances under a family name of our own are cut at set-up from the variable file of
``fontpkg-inter``. A variable file lets WeasyPrint fall back to wrong weights, and the name "Inter"
lets it mix the file with one installed on the machine. Run as ``python -m uso.ground.lib.fonts``.
"""

from __future__ import annotations

import hashlib
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

FAMILY: Final = "UsoSans"
FOLDER: Final = Path(__file__).resolve().parents[3] / "static" / "fonts"


class Cut(NamedTuple):
    """One weight: its CSS ``font-weight``, the weight drawn, and the optical size in points."""

    style: str
    css_weight: int
    drawn_weight: int
    optical_size: int


# 650 is drawn for what CSS calls 700: bold enough for a heading, calm in a table.
CUTS: Final = (Cut("Regular", 400, 400, 16), Cut("Bold", 700, 650, 20))

# Latin with the letters of Finnish, Swedish, Sámi and guests' names, punctuation, sub- and
# superscripts, currency, arrows, mathematical signs, shapes.
RANGES: Final = (
    (0x20, 0x24F), (0x292, 0x292), (0x300, 0x30C), (0x3BC, 0x3BC), (0x2010, 0x203A), (0x2070, 0x209F),
    (0x20AC, 0x20AC), (0x2116, 0x2122), (0x2190, 0x2199), (0x2212, 0x2212), (0x2248, 0x2265),
    (0x25A0, 0x25CF), (0x2713, 0x2717),
)  # fmt: skip
FEATURES: Final = (
    "kern",
    "mark",
    "mkmk",
    "ccmp",
    "locl",
    "calt",
    "case",
    "tnum",
    "frac",
    "zero",
    "ss03",
    "cv05",
)


# Glyphs of one width in tables.
FIGURES: Final = frozenset(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "plus",
        "minus",
    ]
)


def font_path(style: str = "Regular", suffix: str = "ttf") -> Path:
    """Return the file of one weight, ``ttf`` (for PDF) or ``woff2`` (for the page)."""
    return FOLDER / f"{FAMILY}-{style}.{suffix}"


def ensure_fonts() -> bool:
    """Make the files where they are missing or out of date; return whether anything was made."""
    stamp, key = FOLDER / "made-from.txt", _recipe()
    wanted = [font_path(cut.style, suffix) for cut in CUTS for suffix in ("ttf", "woff2")]
    if stamp.exists() and stamp.read_text() == key and all(path.exists() for path in wanted):
        stamp.touch()
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    variable = _subset()
    for cut in CUTS:
        _make(cut, variable)
    stamp.write_text(key)
    return True


def _source() -> Path:
    import fontpkg_inter  # noqa: PLC0415 -- slow import, set-up alone needs it

    return Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"


def _recipe() -> str:
    source = hashlib.sha256(_source().read_bytes())
    source.update(Path(__file__).read_bytes())
    return source.hexdigest()


def _subset() -> bytes:
    """Return the variable file with the characters and features we use alone."""
    from fontTools import subset  # noqa: PLC0415 -- slow import, set-up alone needs it
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow import

    font = TTFont(BytesIO(_source().read_bytes()), lazy=True)
    _calm_tabular_figures(font["GSUB"].table)
    options = subset.Options(layout_features=list(FEATURES), name_IDs=["*"], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
    subsetter.subset(font)
    font.save(buffer := BytesIO())
    return buffer.getvalue()


def _calm_tabular_figures(gsub: Any) -> None:
    """Leave figures and signs in ``tnum``: it would widen hyphens and spaces of words as well."""
    tabular = [f.Feature for f in gsub.FeatureList.FeatureRecord if f.FeatureTag == "tnum"]
    lookups = {index for feature in tabular for index in feature.LookupListIndex}
    for index in lookups:
        for wrapped in gsub.LookupList.Lookup[index].SubTable:
            table = getattr(wrapped, "ExtSubTable", wrapped)
            table.mapping = {k: v for k, v in table.mapping.items() if k in FIGURES}


def _make(cut: Cut, variable: bytes) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow import, set-up alone needs it
    from fontTools.varLib import instancer  # noqa: PLC0415 -- slow import

    font = TTFont(BytesIO(variable))
    axes = {"wght": cut.drawn_weight, "opsz": cut.optical_size}
    instancer.instantiateVariableFont(font, axes, inplace=True, overlap=False)
    _rename(font, cut)
    font.save(font_path(cut.style, "ttf"))
    font.flavor = "woff2"
    font.save(font_path(cut.style, "woff2"))


def _rename(font: Any, cut: Cut) -> None:
    """Give the file the family name of our own, in every name a renderer may look at."""
    names, full = font["name"], f"{FAMILY} {cut.style}"
    keep = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    names.names = keep
    for name_id, text in {
        1: FAMILY,
        2: cut.style,
        3: full,
        4: full,
        6: full.replace(" ", "-"),
    }.items():
        names.setName(text, name_id, 3, 1, 0x409)
        names.setName(text, name_id, 1, 0, 0)
    os2, bold = font["OS/2"], cut.css_weight >= 700
    os2.usWeightClass = cut.css_weight
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0
    if "STAT" in font:
        del font["STAT"]


if __name__ == "__main__":
    made = ensure_fonts()
    sys.stdout.write("Fonts made.\n" if made else "Fonts are up to date.\n")
