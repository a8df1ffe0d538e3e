"""`make check` and `make test`: every gate runs, and the end says which failed."""

import os
import shutil
import subprocess
import sys
import tempfile

import pytest

from uso.roof.demo import checks, testrun
from uso.roof.demo.checks import Gate
from uso.roof.demo.places import ROOT, Place

GOOD = (sys.executable, "-c", "print('fine')")
BAD = (sys.executable, "-c", "import os; print('USO is', os.environ['USO']); raise SystemExit(2)")


def test_all_gates_run_and_the_end_names_the_failed(monkeypatch, capsys):
    gates = [Gate("types", BAD, {"USO": "here"}), Gate("lint", GOOD)]
    monkeypatch.setattr(checks, "gates", lambda: gates)

    code = checks.main([])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [line.partition(" (")[0] for line in lines] == [
        "FAIL types",
        "USO is here",
        "",
        "ok   lint",
        "",
        "Failed: types",
    ]


def test_named_gates_alone_are_run(monkeypatch, capsys):
    monkeypatch.setattr(checks, "gates", lambda: [Gate("types", BAD), Gate("lint", GOOD)])

    assert checks.main(["lint"]) == 0
    assert capsys.readouterr().out.endswith("\nAll 1 checks passed\n")


def test_gates_are_those_of_the_guide():
    assert {gate.name for gate in checks.gates()} == {
        "types",
        "migrations",
        "deployment",
        "translations",
        "format",
        "lint",
        "imports",
        "dependencies",
        "unused",
        "template format",
        "template lint",
        "Dockerfile",
    }


@pytest.mark.slow
def test_undeclared_imports_fail_the_gate(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "uso").mkdir()
    (tmp_path / "uso/new.py").write_text("import asgiref, django, pytest, yaml\n")
    gate = next(gate for gate in checks.gates() if gate.name == "dependencies")

    done = subprocess.run(gate.command, cwd=tmp_path, capture_output=True, text=True, check=False)

    of_the_file = [line for line in done.stderr.splitlines() if line.startswith("uso/new.py")]
    assert done.returncode == 1
    assert [line.split(": ", 1)[1] for line in of_the_file] == [
        "DEP003 'asgiref' imported but it is a transitive dependency",
        "DEP004 'pytest' imported but declared as a dev dependency",
        "DEP004 'yaml' imported but declared as a dev dependency",
    ]


def test_part_of_the_suite_runs_without_the_gate(monkeypatch):
    ran = note_runs(monkeypatch, codes={"pytest": 5})

    assert testrun.main(["tests/events", "-k", "seats"]) == 5
    assert ran == [["pytest", "tests/events", "-k", "seats"]]


def test_whole_suite_is_measured_and_gated(monkeypatch, tmp_path):
    monkeypatch.setattr(testrun, "CLONE", Place(tmp_path / "var"))
    ran = note_runs(monkeypatch, codes={"coverage": 2})

    code = testrun.main([])

    assert code == 2
    assert ran == [
        ["pytest", "-n", "auto", "--dist", "worksteal"],
        ["coverage", "combine", "--quiet"],
        ["coverage", "report"],
    ]


def test_failed_tests_fail_the_run_whatever_the_coverage(monkeypatch, tmp_path):
    monkeypatch.setattr(testrun, "CLONE", Place(tmp_path / "var"))
    note_runs(monkeypatch, codes={"pytest": 1})

    assert testrun.main([]) == 1


def test_measured_processes_know_the_file_and_the_settings(monkeypatch, tmp_path):
    monkeypatch.setattr(testrun, "CLONE", Place(tmp_path / "var"))
    old = tmp_path / "var/coverage/data.old"
    old.parent.mkdir(parents=True)
    old.write_text("")

    environment = testrun.measured()

    assert environment["COVERAGE_PROCESS_START"] == str(ROOT / "pyproject.toml")
    assert environment["COVERAGE_FILE"] == str(tmp_path / "var/coverage/data")
    assert not old.exists()


def test_processes_of_a_run_compile_once_and_leave_nothing_of_a_tests_own_clone(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(testrun, "CLONE", Place(tmp_path / "var"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    compiled = tmp_path / "var/compiled"
    stays = compiled / "home/clone/manage.pyc"
    goes = compiled / tempfile.gettempdir().lstrip("/") / "pytest-of-root/pytest-0/manage.pyc"
    for file in (stays, goes):
        file.parent.mkdir(parents=True)
        file.write_text("")

    environment = testrun.compiled_once()

    assert environment["PYTHONPYCACHEPREFIX"] == str(compiled)
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment["PATH"] == os.environ["PATH"]
    assert (stays.exists(), goes.exists()) == (True, False)


def note_runs(monkeypatch, *, codes):
    """Note the commands instead of running them; they end with the codes given."""
    ran = []

    def run(command, **_options):
        ran.append(command[2:])
        return subprocess.CompletedProcess(command, codes.get(command[2], 0))

    monkeypatch.setattr(testrun.subprocess, "run", run)
    return ran
