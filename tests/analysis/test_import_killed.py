"""A worker killed in the middle of COPY leaves nothing, and the import can be run again."""

import os
import signal

import psycopg
import pytest
from django.db import connection

from analysis.actions import imports, versions
from analysis.models import DataVersion, ImportRun, Observation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_import_whose_connection_dies_leaves_nothing_and_runs_again(monkeypatch):
    blocks = versions._blocks

    def cut(*arguments):
        yield next(iter(blocks(*arguments)))
        connection.connection.pgconn.finish()  # as the kernel does when the process is killed
        raise psycopg.OperationalError("the connection is gone")

    monkeypatch.setattr(versions, "_blocks", cut)
    with pytest.raises(Exception, match=r"connection|closed|lost"):
        imports.import_statistics(source="pxweb", origin=imports.BUNDLED, by=None)
    connection.close()

    assert (DataVersion.objects.count(), Observation.objects.count()) == (0, 0)

    monkeypatch.setattr(versions, "_blocks", blocks)
    run = imports.import_statistics(source="pxweb", origin=imports.BUNDLED, by=None)
    assert run.report["stored"] == Observation.objects.count() > 50_000
    assert ImportRun.objects.count() == 2


def test_import_in_a_killed_process_leaves_nothing(monkeypatch):
    imports.load_catalogue()
    connection.close()  # the child makes its own
    child = os.fork()
    if child == 0:  # pragma: no cover -- another process, which is killed
        blocks = versions._blocks

        def killed(*arguments):
            yield next(iter(blocks(*arguments)))
            os.kill(os.getpid(), signal.SIGKILL)

        versions._blocks = killed
        try:
            imports.import_statistics(source="pxweb", origin=imports.BUNDLED, by=None)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert ImportRun.objects.get().state == "running"
    assert (DataVersion.objects.count(), Observation.objects.count()) == (0, 0)
