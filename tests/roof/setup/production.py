"""Production from nothing: the image's packages, the compose file's commands, servers of its own."""

import base64
import hashlib
import hmac
import os
import re
import shlex
import shutil
import socketserver
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import yaml

from tests.roof.setup.conftest import LEFT_OUT, wait_until
from tests.roof.setup.visitor import Visitor
from uso.roof.demo import bootstrap, children, clock, processes, servers
from uso.roof.demo.places import ROOT, Place

SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
OURS = [
    name for name, service in SERVICES.items() if service["image"] == "uso" and name != "migrate"
]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
HOST = "uso.example.fi"
SECONDS = 180  # for each thing waited for: a busy machine takes its time
# The kernel ends the service with the test run, however that ends.
SERVICE = """
import os, sys
from uso.roof.demo import processes
processes.end_with(int(sys.argv[1]))
os.execvp(sys.argv[2], sys.argv[2:])
"""


@dataclass
class Production:
    """A copy of the code with the packages of the image, and the environment of compose."""

    code: Path
    log: Path
    environment: dict[str, str]
    letters: list[EmailMessage]

    def run(self, *command: str) -> str:
        """Run a command to its good end and return its words."""
        return run(command, cwd=self.code, environment=self.environment)

    def manage(self, *arguments: str) -> str:
        return self.run("python", "manage.py", *arguments)

    @contextmanager
    def running(self, names: list[str]) -> Iterator[None]:
        """Start services of the compose file; they have all ended afterwards."""
        started = []
        try:
            started.extend(self._start(name) for name in names)
            yield
        except BaseException as error:
            for child in started:
                error.add_note(f"{child.name}:\n{processes.tail(child.log)}\n")
            raise
        finally:
            children.stop(started)

    def _start(self, name: str) -> children.Child:
        log = self.log / name
        command = command_of(name, schedule=self.log / "schedule")
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-c", SERVICE, str(os.getpid()), *command],
                cwd=self.code,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        return children.Child(name, command, log, process=process)

    def words_of(self, service: str, pattern: str) -> str:
        """Wait until a service has said something; return the first group of it."""
        log = self.log / service
        wait_until(lambda: re.search(pattern, log.read_text()), SECONDS)
        return re.search(pattern, log.read_text())[1]

    def visitor(self) -> Visitor:
        """Give a browser, with the proxy that speaks HTTPS between."""
        port = self.words_of("web", r"Listening at: http://127\.0\.0\.1:(\d+)")
        return Visitor(f"http://127.0.0.1:{port}", {"Host": HOST, "X-Forwarded-Proto": "https"})

    def letter_to(self, address: str) -> str:
        """Wait for mail to somebody and return the text of the last one."""
        wait_until(lambda: any(letter["To"] == address for letter in self.letters), SECONDS)
        letter = [letter for letter in self.letters if letter["To"] == address][-1]
        return letter.get_body(["plain"]).get_content()


@contextmanager
def built(folder: Path, place: Place) -> Iterator[Production]:
    """Build what the image holds, beside servers that are nobody else's."""
    shutil.copytree(ROOT, folder / "app", ignore=LEFT_OUT, symlinks=True)
    (folder / "log").mkdir()
    servers.join(place)
    with mail_server() as (port, letters):
        environment = compose_environment(place, mail_port=port) | {
            "PATH": f"{folder / 'venv/bin'}:{os.environ['PATH']}",
            "HOME": str(folder / "app"),
            "USO_READ_STATISTICS": "false",  # nothing here reaches the network
        }
        environment |= clock.inherited()
        production = Production(folder / "app", folder / "log", environment, letters)
        install_packages(production, folder / "venv")
        yield production


def install_packages(production: Production, venv: Path) -> None:
    """Do what the Dockerfile does, but take packages from the cache of set-up."""
    uv, *options = shlex.split(instruction("uv sync"))
    options.remove("--no-cache")
    run(
        [str(ROOT / ".venv/bin" / uv), *options, "--python", sys.executable],
        cwd=production.code,
        environment=bootstrap.environment() | {"UV_PROJECT_ENVIRONMENT": str(venv)},
    )
    for step in instruction("collectstatic").split("&&"):
        if (
            "uso.ground.lib.fonts" not in step
        ):  # cutting the typeface takes ten seconds; it was copied
            production.run("sh", "-c", step)


def run(command: list[str] | tuple[str, ...], *, cwd: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{shlex.join(command)}:\n{done.stdout}"
    return done.stdout


def instruction(words: str) -> str:
    """Return the Dockerfile's RUN that has these words."""
    return re.search(rf"^RUN (.*{words}.*)$", DOCKERFILE, re.MULTILINE)[1]


def compose_environment(place: Place, *, mail_port: int) -> dict[str, str]:
    """Return what compose gives the migration, which knows the owner too."""
    given = {
        "USO_SECRET_KEY": os.urandom(32).hex(),
        "USO_OWNER_PASSWORD": "owner",
        "USO_APP_PASSWORD": "application",
        "USO_BASE_URL": f"https://{HOST}",
        "USO_ALLOWED_HOSTS": HOST,
        "USO_SSL_REDIRECT": "true",
        "USO_BEHIND_PROXY": "true",
        "USO_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
    }
    variable = re.compile(r"\$\{(\w+):[-?]([^}]*)\}")
    sockets = f"@{quote(str(place.sockets), safe='')}:"
    return {
        name: variable.sub(lambda m: given.get(m[1], m[2]), value).replace("@postgres:", sockets)
        for name, value in SERVICES["migrate"]["environment"].items()
    } | {"REDIS_URL": place.redis_url}


def command_of(service: str, *, schedule: Path) -> list[str]:
    """Return a service's command, on a free port and with a schedule of its own."""
    image = re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[1]
    command = SERVICES[service].get("command") or yaml.safe_load(image)
    ours = {"0.0.0.0:8000": "127.0.0.1:0", "/tmp/beat": str(schedule)}
    return [ours.get(word, word) for word in command]


@contextmanager
def mail_server() -> Iterator[tuple[int, list[EmailMessage]]]:
    """Catch mail; give the port and the list it comes to."""
    letters = []

    class Delivery(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.answer(b"220 catcher")
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.answer(b"354 go on")
                    data = b"".join(iter(self.rfile.readline, b".\r\n"))
                    letters.append(message_from_bytes(data, policy=policy.default))
                self.answer(b"221 bye" if verb == b"QUIT" else b"250 ok")

        def answer(self, words: bytes) -> None:
            self.wfile.write(words + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Delivery) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], letters
        server.shutdown()


def app_code(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), moment, hashlib.sha1)
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 10**6:06}"
