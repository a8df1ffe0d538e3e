"""An import watched in the browser while a real worker, a process of its own, does it."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from tests.analysis.statistics.statfin import StatFin, serving
from tests.browser.conftest import PHONE
from tests.database import url_of_this_database
from uso.ground.lib.queues import QUEUE_OF
from uso.roof.demo import children, processes
from uso.roof.demo.places import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_clock]
START_SECONDS = 60
STATFIN = re.compile("^Tilastokeskuksen tietokannat$")
# The kernel ends the worker with the test run, however that ends.
WORKER = """
import sys
from uso.roof.demo import processes
processes.end_with(int(sys.argv[1]))
from uso.celery import app
from django.conf import settings
settings.PXWEB_URL = sys.argv[2]
settings.DATABASES["default"]["OPTIONS"]["application_name"] = "test worker"
app.worker_main(sys.argv[3:])
"""


class Waiting(StatFin):
    """Statistics Finland, whose answers wait at each table until the test lets them go."""

    def __init__(self) -> None:
        super().__init__()
        self.gates = {name: threading.Event() for name in sorted(self.tables)}

    def _data(self, name, question):
        self.gates[name].wait(START_SECONDS)
        return super()._data(name, question)

    def let_all_go(self) -> None:
        for gate in self.gates.values():
            gate.set()


@pytest.fixture
def source() -> Iterator[Waiting]:
    with serving(Waiting()) as statfin:
        yield statfin
        statfin.let_all_go()


@pytest.fixture
def worker(transactional_db, source, monkeypatch, tmp_path) -> Iterator[None]:
    """A worker on the test's database; its queue is its own, so no other worker takes the task."""
    queue = connection.settings_dict["NAME"]
    monkeypatch.setitem(QUEUE_OF, "statistics.import", queue)
    log = tmp_path / "worker.log"
    with running(queue, source.url, log):
        yield
        source.let_all_go()


@contextmanager
def running(queue: str, source_url: str, log: Path) -> Iterator[None]:
    """Start the worker and wait until it is ready; stop it with all its processes in any case."""
    arguments = ["worker", "-Q", queue, "-n", f"{queue}@%h", "-c", "1", "--loglevel", "INFO",
        "--without-gossip", "--without-mingle", "--without-heartbeat"]  # fmt: skip
    environment = os.environ | {"DATABASE_URL": url_of_this_database()}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(os.getpid()), source_url, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
        )
    try:
        wait_until_ready(process, log)
        yield
    finally:
        children.stop([children.Child("worker", [], log, process=process)])
        end_its_sessions()


def end_its_sessions() -> None:
    """End what the worker left connected, if it was killed: it would block the flush."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'test worker'"
        )


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while " ready." not in log.read_text():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"the worker did not start:\n{processes.tail(log)}")
        time.sleep(0.1)


def test_import_shows_its_progress_survives_a_reload_and_tells_its_end(
    source, worker, coordinator, new_page, axe_clean, fits
):
    page = new_page(coordinator)
    read_statfin(page)
    bar = page.get_by_role("progressbar", name="Tilastojen tuonti")
    first, second = source.gates.values()

    expect(bar).to_have_attribute("value", "0")
    axe_clean(page)
    first.set()
    expect(bar).to_have_attribute("value", "300")  # of four tables two are unknown here
    page.reload()
    expect(bar).to_have_attribute("value", "300")
    expect(page.locator(".job")).to_contain_text("300 / 400")
    second.set()
    tell_the_end(page)
    axe_clean(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    fits(page)


def test_import_that_fails_says_why_and_is_tried_again(source, worker, coordinator, new_page):
    tables = dict(source.tables)
    source.tables.clear()
    source.let_all_go()
    page = new_page(coordinator)
    read_statfin(page)
    failed = page.locator(".job.failed")
    expect(failed).to_contain_text("Lähde ei tunne taulukkoa")
    page.goto("/statistics/")
    expect(failed).to_contain_text("Epäonnistui")

    source.tables.update(tables)
    page.get_by_role("button", name="Yritä uudelleen").click()
    expect(page.locator(".job")).to_contain_text("Valmis")
    page.goto("/statistics/")
    tell_the_end(page)


def read_statfin(page: Page) -> None:
    page.goto("/statistics/")
    statfin = page.locator("section").filter(has=page.get_by_role("heading", name=STATFIN))
    statfin.get_by_role("button", name="Hae uusimmat verkosta").click()


def tell_the_end(page: Page) -> None:
    expect(page.get_by_text("Tilastojen tuonti valmistui")).to_contain_text(
        re.compile(r"Uusia lukuja \d+, muuttuneita 0, kadonneita 0\.")
    )
