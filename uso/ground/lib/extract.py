"""Gather the texts of Django templates for the catalogues, without the gettext programs.

Django turns a template into something like JavaScript (`templatize`), which Babel's own extractor
reads. ``babel.cfg`` names this function for ``*.html`` and ``*.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_javascript
from django.utils.translation.template import templatize

UNICODE_PREFIX = re.compile(r"""(?<![\w"'])u(?=["'])""")


def by_js(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[Any, ...]]:
    """Yield (line, function, texts, comments) of one template.

    Parameters
    ----------
    fileobj, keywords, comment_tags, options
        As Babel gives them to an extraction method.

    Yields
    ------
    tuple
        As Babel's own extractors do.

    Notes
    -----
    ``templatize`` writes ``u'…'`` and ``# Translators``, which JavaScript does not know: the
    prefix goes and the comment gets its two strokes.
    """
    source = templatize(fileobj.read().decode("utf-8"))
    script = UNICODE_PREFIX.sub("", source).replace("# Translators:", "// Translators:")
    yield from extract_javascript(BytesIO(script.encode()), keywords, comment_tags, options)
