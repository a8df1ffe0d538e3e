"""Make `.venv` and everything beside it that a fresh clone needs; instant when all is there.

Runs on a bare Python, before anything is installed: standard library only.
"""

import argparse
import ctypes
import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
STAMP = VENV / "uso-stamp"
LOCALE = ROOT / "locale"
FONTS = ROOT / "static/fonts/made-from.txt"

# Library that WeasyPrint loads -> Debian package that brings it.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class SetupError(Exception):
    """Set-up cannot go on; the message says what to do."""


def main(arguments: list[str]) -> int:
    """Set up, and return the exit code."""
    parser = argparse.ArgumentParser(description="Set up this clone.")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--clock", action="store_true", help="also what another day needs")
    needs = parser.parse_args(arguments)
    with (ROOT / "uv.lock").open() as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        try:
            make_environment()
            make_generated_files()
            install_system_packages(for_tests=needs.tests, another_day=needs.clock)
        except SetupError as error:
            say(str(error))
            return 1
    return 0


def make_environment() -> None:
    """Install the locked packages into `.venv`, remaking it if its Python has gone or changed."""
    if venv_works() and STAMP.exists() and STAMP.read_text() == wanted_stamp():
        return
    if not venv_works():
        make_venv()
    STAMP.unlink(missing_ok=True)
    install_uv()
    run("Installing the locked packages", [str(VENV / "bin/uv"), "sync", "--quiet", "--frozen",
        "--inexact", "--python", str(VENV / "bin/python")])  # fmt: skip
    STAMP.write_text(wanted_stamp())


def wanted_stamp() -> str:
    """Return what the environment depends on, by content: a checkout changes only the times."""
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return f"{sys.version_info.major}.{sys.version_info.minor} {digest.hexdigest()}"


def venv_works() -> bool:
    """Say whether `.venv` has a living Python of this version; an upgrade may have taken it."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    pip = VENV / f"lib/python{version}/site-packages/pip"
    return pip.exists() and succeeds([str(VENV / "bin/python"), "-c", ""])


def make_venv() -> None:
    if not succeeds([sys.executable, "-c", "import ensurepip"]):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        apt_install([package], why="to make .venv", required=True)
    version = ".".join(map(str, sys.version_info[:3]))
    base = getattr(sys, "_base_executable", sys.executable)  # this may be the .venv to remake
    shutil.rmtree(VENV, ignore_errors=True)
    run(f"Making .venv with Python {version}", [base, "-m", "venv", str(VENV)])


def install_uv() -> None:
    """Install the version of uv that pyproject.toml asks for."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["required-version"]
    uv = VENV / "bin/uv"
    if output([str(uv), "--version"]).split()[1:2] == [wanted.removeprefix("==")]:
        return
    run("Installing uv", [str(VENV / "bin/python"), "-m", "pip", "install", "--quiet",
        "--disable-pip-version-check", f"uv{wanted}"])  # fmt: skip


def make_generated_files() -> None:
    """Make what git does not keep: the typeface's cuts and the compiled catalogues."""
    python = str(VENV / "bin/python")
    if is_older(FONTS, ROOT / "uso/ground/lib/fonts.py") or is_older(FONTS, STAMP):
        run("Cutting the typeface", [python, "-m", "uso.ground.lib.fonts"])
    catalogues = LOCALE.glob("*/LC_MESSAGES/*.po")
    if any(is_older(po.with_suffix(".mo"), po) for po in catalogues):
        compile_all = "from uso.ground.lib import messages; messages.compile_all()"
        run("Compiling the translations", [python, "-c", compile_all])


def is_older(made: Path, source: Path) -> bool:
    """Say whether a made file is missing or older than its source."""
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def install_system_packages(*, for_tests: bool, another_day: bool = False) -> None:
    """Look for what Python cannot install; install it where that is allowed, else say how."""
    missing = [package for library, package in PDF_LIBRARIES.items() if not loads(library)]
    if missing:
        apt_install(missing, why="for PDFs", required=for_tests)
    if for_tests and not any(shutil.which(browser) for browser in BROWSERS):
        apt_install(["chromium"], why="for the browser tests", required=True)
    if another_day and not shutil.which("faketime"):
        apt_install(["faketime"], why="for another day", required=True)


def apt_install(packages: list[str], *, why: str, required: bool) -> None:
    """Install Debian packages, or name the command; stop only if nothing works without them."""
    names = " ".join(packages)
    become = apt_prefix()
    if become is None:
        sentence = f"Missing {why}: {names}. Run: sudo apt-get install --yes {names}"
        if required:
            raise SetupError(sentence)
        say(sentence)
        return
    apt = [*become, "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    run("Updating the list of system packages", [*apt, "update"], fatal=False)
    run(f"Installing {names} {why}", [*apt, "install", "--yes", "--no-install-recommends",
        *packages], fatal=required)  # fmt: skip


def apt_prefix() -> list[str] | None:
    """Return how to become root for apt-get, None where that is not allowed."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def loads(library: str) -> bool:
    """Say whether a shared library is there."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def run(step: str, command: list[str], *, fatal: bool = True) -> None:
    """Run one step, saying that it runs and how long it took; show its words if it fails."""
    say(f"{step} …")
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(),
    )
    words = wait(process, began)
    if not process.returncode:
        say(f"  done in {time.monotonic() - began:.0f} s")
        return
    say(f"{words.strip()}\n{step} failed: {shlex.join(command)}")
    if fatal:
        raise SetupError("Set-up stopped. Mend the above and run the same command again.")


def wait(process: subprocess.Popen[str], began: float) -> str:
    """Return what a process says, with a sign of life every ten seconds."""
    while True:
        try:
            return process.communicate(timeout=10)[0]
        except subprocess.TimeoutExpired:
            say(f"  … {time.monotonic() - began:.0f} s")


def environment() -> dict[str, str]:
    """Return the environment for the steps: the packages go to our .venv, whatever is active.

    The machine's own certificates count: many offices read encrypted traffic with one of theirs.
    """
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    environment.setdefault("UV_SYSTEM_CERTS", "true")
    return environment | {"UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}


def succeeds(command: list[str]) -> bool:
    """Say whether a command can be run and ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def output(command: list[str]) -> str:
    """Return what a command prints, nothing if it cannot be run."""
    try:
        return subprocess.run(command, capture_output=True, check=False, text=True).stdout
    except OSError:
        return ""


def say(line: str) -> None:
    """Tell the operator."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
