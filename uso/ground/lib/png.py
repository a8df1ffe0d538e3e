"""Our own drawings as pictures of dots, for programs that take no SVG."""

from uso.ground.lib.fonts import CUTS, FAMILY, font_path

#: Dots for each unit of the drawing: sharp on a slide and on paper.
ZOOM = 3


def as_png(svg: str) -> bytes:
    """Paint a drawing on white, with our own typeface and nothing from outside.

    Parameters
    ----------
    svg
        A drawing of ours; text in it is of the family `UsoSans`.
    """
    import resvg_py  # noqa: PLC0415 -- slow import

    fonts = [str(font_path(cut.style)) for cut in CUTS]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, background="#ffffff", zoom=ZOOM, font_files=fonts, font_family=FAMILY,
            sans_serif_family=FAMILY, skip_system_fonts=True,
        )
    )  # fmt: skip
