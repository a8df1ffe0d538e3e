"""The situation analysis as PDF: the price of its charts, flat memory, two workers.

Figures are real ones (the import that comes with the service). `USO_BENCH_ANALYSES` says how many
documents memory is watched over and two workers share: 20 unless set, 100 for the budgets as they
are written (half an hour).
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis.content.compose import compose
from analysis.content.edition import Area, Edition, EditionContent
from analysis.queries.material import material
from analysis.render.pdf import STYLE, report_html
from analysis.statistics.actions.imports import import_bundled
from analysis.wording.names import Name
from municipalities import facts
from municipalities.models import Municipality
from uso.ground.lib.pdf import make_pdf
from uso.roof.bench.registry import Budget, Measured, benchmark

TIMES = 5  # the fastest of each is the truest: a neighbour can only slow one
ANALYSES = int(os.environ.get("USO_BENCH_ANALYSES", "20"))
WARM, GROWTH_MB = ANALYSES // 5, 20  # what is imported late and fonts are there by then
IMAGE = re.compile(r'<img class="chart".*?>')
EDITION = Edition(8, "2025–2026", 1, date(2026, 11, 22))


def sample_content() -> EditionContent:
    """Compose the analysis of Kannus with nine peers from the figures of the service."""
    facts.load_municipalities()
    import_bundled(by=None)
    rows = Municipality.objects.order_by("code").exclude(code="217")[:9]
    us = Municipality.objects.get(code="217")
    areas = [Area(each.code, Name.of(each), 5_000) for each in (us, *rows)]
    codes = [area.code for area in areas]
    return compose(
        area=areas[0], peers=areas[1:], reason="", edition=EDITION, material=material(codes)
    )


@benchmark("pdf")
def pdf_with_charts() -> Iterator[Measured]:
    """Hold a full analysis PDF/UA to the same document without its charts; memory of 100."""
    html, style = report_html(sample_content(), "fi"), STYLE.read_text()
    bare = IMAGE.sub("", html)
    make_pdf(html, style)
    make_pdf(bare, style)
    pairs = [(_cpu(html, style), _cpu(bare, style)) for _ in range(TIMES)]
    figure, floor = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    growth = _growth(html, style)
    limits = {
        f"≤ {GROWTH_MB} MB more after {ANALYSES} documents (was {growth:.0f})": growth <= GROWTH_MB
    }
    yield Measured("full analysis PDF (CPU)", figure, floor, "s", Budget(at_most=1.15), limits)


def _cpu(html: str, style: str) -> float:
    """Return the processor's seconds of one document: a neighbour on the machine adds none."""
    began = time.process_time()
    make_pdf(html, style)
    return time.process_time() - began


def _growth(html: str, style: str) -> float:
    """Return the megabytes this process grows after the first fifth of the documents."""
    before = 0.0
    for number in range(ANALYSES):
        if number == WARM:
            before = _megabytes()
        make_pdf(html, style)
    return _megabytes() - before


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


# A worker of its own: imports what it needs, waits for the start, makes its share.
WORKER = """
import sys, time
from pathlib import Path
import uso.ground.lib.pdf as pdf
html, style = Path(sys.argv[1]).read_text(), Path(sys.argv[2]).read_text()
pdf.make_pdf(html, style)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[3])):
    pdf.make_pdf(html, style)
"""


@benchmark("pdf_parallel")
def pdfs_on_two_workers() -> Iterator[Measured]:
    """Hold many analyses on two worker processes to one after another; analyses a second."""
    html = Path("/tmp") / f"uso-bench-{os.getpid()}.html"  # noqa: S108 -- read by our own child
    html.write_text(report_html(sample_content(), "fi"))
    try:
        alone = ANALYSES / _seconds(html, workers=1)
        together = ANALYSES / _seconds(html, workers=2)
    finally:
        html.unlink()
    budget = Budget(at_least=1.8)
    yield Measured(f"{ANALYSES} PDFs on two workers", together, alone, "PDF/s", budget, {})


def _seconds(html: Path, *, workers: int) -> float:
    """Return the seconds from the common start to the end of the last worker."""
    share = str(ANALYSES // workers)
    command = [sys.executable, "-c", WORKER, str(html), str(STYLE), share]
    children = [
        subprocess.Popen(  # noqa: S603 -- our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(workers)
    ]
    for child in children:
        assert child.stdout  # noqa: S101 -- a pipe was asked for
        child.stdout.readline()
    began = time.perf_counter()
    for child in children:  # all start before any is waited for
        assert child.stdin  # noqa: S101 -- a pipe was asked for
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        child.communicate()
    return time.perf_counter() - began
