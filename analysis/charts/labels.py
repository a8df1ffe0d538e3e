"""Labels beside the ends of lines that neither cover each other nor leave the chart."""

from collections.abc import Sequence


def spread(
    wished: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Move labels apart, up and down alike, as little as can be.

    Parameters
    ----------
    wished
        Where the middle of each label would best be, in any order.
    heights
        Height each label takes, air included.
    top, bottom
        Edges no label may cross, top smaller than bottom.

    Returns
    -------
    list of float
        The middles, in the order of `wished`. Where all cannot fit the room, they start at the
        top and run over the bottom.

    Notes
    -----
    Least squares by pooling neighbours that violate their distance (isotonic regression) on the
    middles less the heights stacked above them, then moved inside the edges.

    Examples
    --------
    >>> spread([50, 52], [20, 20], 0, 100)
    [41.0, 61.0]
    >>> spread([98, 97], [20, 20], 0, 100)
    [90.0, 70.0]
    """
    order = sorted(range(len(wished)), key=lambda index: wished[index])
    stacked, total = _stack([heights[index] for index in order])
    free = [wished[index] - offset for index, offset in zip(order, stacked, strict=True)]
    inside = [max(top, min(place, bottom - total)) for place in _pooled(free)]
    found = {
        index: place + offset for index, place, offset in zip(order, inside, stacked, strict=True)
    }
    return [float(found[index]) for index in range(len(wished))]


def _stack(heights: Sequence[float]) -> tuple[list[float], float]:
    """Return the middle of each label when all are stacked from zero, and their total height."""
    middles, total = [], 0.0
    for height in heights:
        middles.append(total + height / 2)
        total += height
    return middles, total


def _pooled(values: Sequence[float]) -> list[float]:
    """Return the nearest sequence that never falls (pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        block = (float(value), 1)
        while blocks and blocks[-1][0] > block[0]:
            mean, count = blocks.pop()
            block = ((mean * count + block[0] * block[1]) / (count + block[1]), count + block[1])
        blocks.append(block)
    return [mean for mean, count in blocks for _ in range(count)]


def wrapped(words: str, letters: int) -> list[str]:
    """Break a label at blanks so that no line has more letters than allowed, if it can.

    Examples
    --------
    >>> wrapped("Vertailukuntien mediaani 85,0", 16)
    ['Vertailukuntien', 'mediaani 85,0']
    """
    lines: list[str] = []
    for word in words.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
