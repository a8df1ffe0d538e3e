"""Set-up on a bare Python: what is missing is installed or named, what is there is left alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from uso.roof.demo import bootstrap
from uso.roof.demo.places import ROOT


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone whose steps are noted, not run; nothing is installed in it."""
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("uv.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, clone)
    monkeypatch.setattr(bootstrap, "ROOT", clone)
    monkeypatch.setattr(bootstrap, "VENV", clone / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", clone / ".venv/uso-stamp")
    monkeypatch.setattr(bootstrap, "FONTS", clone / "made-from.txt")
    monkeypatch.setattr(bootstrap, "LOCALE", clone / "locale")
    return clone


@pytest.fixture
def steps(clone, monkeypatch):
    """The commands that set-up runs, by step; making .venv leaves a folder."""
    steps = {}

    def note(step, command, *, fatal=True):
        steps[step] = command
        if "venv" in command:
            (clone / ".venv").mkdir()

    monkeypatch.setattr(bootstrap, "run", note)
    return steps


@pytest.fixture
def as_user(monkeypatch):
    """An ordinary user without sudo, on a machine that has every library and a browser."""
    monkeypatch.setattr(bootstrap, "loads", lambda library: True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap, "succeeds", lambda command: command[:1] != ["sudo"])


def make_venv(clone: Path) -> None:
    """Lay what a finished environment leaves."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (clone / f".venv/lib/{version}/site-packages/pip").mkdir(parents=True)
    (clone / ".venv/bin").mkdir()
    (clone / ".venv/bin/python").symlink_to(sys.executable)


# -- Environment -----------------------------------------------------------------------------------


def test_fresh_clone_gets_an_environment(clone, steps, as_user):
    bootstrap.make_environment()

    assert [step.split(" with")[0] for step in steps] == [
        "Making .venv",
        "Installing uv",
        "Installing the locked packages",
    ]
    assert steps["Installing uv"][-1] == "uv==0.13.9"
    assert "--frozen" in steps["Installing the locked packages"]


def test_finished_environment_is_left_alone(clone, steps):
    make_venv(clone)
    bootstrap.STAMP.write_text(bootstrap.wanted_stamp())

    bootstrap.make_environment()

    assert steps == {}


def test_changed_lock_is_installed_without_making_anew(clone, steps):
    make_venv(clone)
    bootstrap.STAMP.write_text(bootstrap.wanted_stamp())
    with (clone / "uv.lock").open("a") as lock:
        lock.write("# changed\n")

    bootstrap.make_environment()

    assert list(steps) == ["Installing uv", "Installing the locked packages"]
    assert bootstrap.STAMP.read_text() == bootstrap.wanted_stamp()


def test_environment_whose_python_has_gone_is_made_anew(clone, monkeypatch):
    make_venv(clone)
    (clone / ".venv/bin/python").unlink()
    (clone / ".venv/bin/python").symlink_to("/nowhere/python3.11")
    ran = []
    monkeypatch.setattr(bootstrap, "run", lambda step, command: ran.append(command))

    assert not bootstrap.venv_works()
    bootstrap.make_venv()

    assert ran[0][1:] == ["-m", "venv", str(clone / ".venv")]
    assert not (clone / ".venv").exists()


def test_python_without_ensurepip_names_debians_package(clone, monkeypatch):
    monkeypatch.setattr(bootstrap, "succeeds", lambda command: False)
    monkeypatch.setattr(bootstrap, "apt_prefix", lambda: None)
    package = f"python3.{sys.version_info.minor}-venv"

    with pytest.raises(bootstrap.SetupError, match=f"Run: sudo apt-get install --yes {package}$"):
        bootstrap.make_venv()


def test_uv_of_the_right_version_is_kept(clone, steps, monkeypatch):
    monkeypatch.setattr(bootstrap, "output", lambda command: "uv 0.13.9 (abc 2026-01-01)")

    bootstrap.install_uv()

    assert steps == {}


# -- Generated files -------------------------------------------------------------------------------


def test_generated_files_are_made_once(clone, steps):
    (clone / "uso/ground/lib").mkdir(parents=True)
    (clone / "locale/fi/LC_MESSAGES").mkdir(parents=True)
    catalogue = clone / "locale/fi/LC_MESSAGES/django.po"
    for source in (clone / "uso/ground/lib/fonts.py", catalogue):
        source.write_text("")
    (clone / ".venv").mkdir()
    bootstrap.STAMP.write_text("")

    bootstrap.make_generated_files()
    first, _ = dict(steps), steps.clear()
    for made in (bootstrap.FONTS, catalogue.with_suffix(".mo")):
        made.write_text("")
    bootstrap.make_generated_files()

    assert list(first) == ["Cutting the typeface", "Compiling the translations"]
    assert steps == {}


# -- System packages -------------------------------------------------------------------------------


def test_complete_machine_needs_nothing(steps, as_user):
    bootstrap.install_system_packages(for_tests=True)

    assert steps == {}


def test_root_gets_what_is_missing(steps, as_user, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(bootstrap, "loads", lambda library: "subset" not in library)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)

    bootstrap.install_system_packages(for_tests=True)

    assert list(steps) == [
        "Updating the list of system packages",
        "Installing libharfbuzz-subset0 for PDFs",
        "Installing chromium for the browser tests",
    ]
    install = steps["Installing chromium for the browser tests"]
    assert install[:2] == ["env", "DEBIAN_FRONTEND=noninteractive"]
    assert install[-4:] == ["install", "--yes", "--no-install-recommends", "chromium"]


def test_sudo_without_password_is_used(as_user, monkeypatch):
    monkeypatch.setattr(bootstrap, "succeeds", lambda command: True)

    assert bootstrap.apt_prefix()[:2] == ["sudo", "-n"]


def test_machine_without_apt_is_told(as_user, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert bootstrap.apt_prefix() is None


def test_user_is_told_the_command_and_goes_on_without_pdfs(steps, as_user, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "loads", lambda library: "pango" not in library)

    bootstrap.install_system_packages(for_tests=False)

    assert steps == {}
    assert capsys.readouterr().out == (
        "Missing for PDFs: libpango-1.0-0 libpangoft2-1.0-0. "
        "Run: sudo apt-get install --yes libpango-1.0-0 libpangoft2-1.0-0\n"
    )


def test_tests_stop_without_a_browser(as_user, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "sudo" else None)

    with pytest.raises(bootstrap.SetupError, match="sudo apt-get install --yes chromium"):
        bootstrap.install_system_packages(for_tests=True)


def test_loads_knows_a_library_that_is_not_there():
    assert bootstrap.loads("libc.so.6")
    assert not bootstrap.loads("libnowhere.so.7")


# -- Steps -----------------------------------------------------------------------------------------


def test_step_that_fails_shows_its_words_and_stops(capsys):
    with pytest.raises(bootstrap.SetupError, match="Set-up stopped"):
        bootstrap.run("Trying", ["sh", "-c", "echo no network >&2; exit 3"])

    assert capsys.readouterr().out == (
        "Trying …\nno network\nTrying failed: sh -c 'echo no network >&2; exit 3'\n"
    )


def test_step_says_how_long_it_took(capsys):
    bootstrap.run("Trying", ["true"])

    assert capsys.readouterr().out == "Trying …\n  done in 0 s\n"


def test_long_step_gives_a_sign_of_life(capsys, monkeypatch):
    class Slow:
        turns = 0

        def communicate(self, timeout):
            self.turns += 1
            if self.turns < 3:
                raise subprocess.TimeoutExpired("uv", timeout)
            return ("done", None)

    words = bootstrap.wait(Slow(), bootstrap.time.monotonic() - 20)

    assert words == "done"
    assert capsys.readouterr().out == "  … 20 s\n  … 20 s\n"


def test_programs_that_are_not_there_are_no_error():
    assert not bootstrap.succeeds(["/nowhere/python", "-c", ""])
    assert bootstrap.output(["/nowhere/uv", "--version"]) == ""


def test_main_runs_every_part_and_reports_what_stops_it(clone, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(bootstrap, "make_environment", lambda: asked.append("environment"))
    monkeypatch.setattr(bootstrap, "make_generated_files", lambda: asked.append("files"))

    def stop(*, for_tests, another_day):
        raise bootstrap.SetupError(f"stopped, tests: {for_tests}, another day: {another_day}")

    monkeypatch.setattr(bootstrap, "install_system_packages", stop)

    assert bootstrap.main(["--tests", "--clock"]) == 1
    assert asked == ["environment", "files"]
    assert capsys.readouterr().out == "stopped, tests: True, another day: True\n"
    monkeypatch.setattr(bootstrap, "install_system_packages", lambda **needs: None)
    assert bootstrap.main([]) == 0


@pytest.mark.slow
def test_setup_names_the_python_it_needs(tmp_path):
    script = ["/bin/sh", str(ROOT / "bin/setup")]
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": "/bin/false"}

    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith(
        "Python 3.11, 3.12 or 3.13 is needed (/bin/false is not one). On Debian"
    )
