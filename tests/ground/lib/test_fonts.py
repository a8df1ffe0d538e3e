"""The typeface of page and PDF: our own family name, two static weights."""

from fontTools.ttLib import TTFont

from uso.ground.lib import fonts


def test_fonts_are_static_and_named_as_our_own():
    fonts.ensure_fonts()

    for cut in fonts.CUTS:
        for suffix in ("ttf", "woff2"):
            font = TTFont(fonts.font_path(cut.style, suffix))
            assert "fvar" not in font
            assert font["name"].getDebugName(1) == "UsoSans"
            assert font["OS/2"].usWeightClass == cut.css_weight
            missing = [
                char for char in "äöåÄÖÅšžŋ€–−₂½≤→ \xa0" if ord(char) not in font.getBestCmap()
            ]
            assert missing == []


def test_fonts_are_not_made_twice():
    fonts.ensure_fonts()

    assert fonts.ensure_fonts() is False
