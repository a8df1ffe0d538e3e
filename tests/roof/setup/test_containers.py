"""Image and compose file: valid, without secrets, and of the versions that are tested here."""

import json
import os
import re
import subprocess
import sys
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import jsonschema
import pytest
import yaml

from tests.roof.setup.conftest import connect
from uso.roof.demo import checks
from uso.roof.demo.places import ROOT, postgres_program, valkey_program

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "worker-pdf", "beat", "migrate")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# The schema that docker-compose 1.29.2 carries (Apache License 2.0). It is an early one, so
# `init`, `x-` keys and anchors are known to it; newer keys would need a newer file.
SCHEMA = json.loads((Path(__file__).parent / "compose_spec.json").read_text())


def test_compose_file_follows_the_specification():
    jsonschema.Draft7Validator(SCHEMA).validate(COMPOSE)


def test_compose_has_every_part_of_the_service():
    assert set(SERVICES) == {*OURS, "postgres", "valkey", "mailcatcher"}
    assert {name: SERVICES[name]["image"] for name in OURS} == dict.fromkeys(OURS, "uso")


def test_versions_are_those_used_here():
    postgres = output(postgres_program("postgres"), "--version").split()[2]
    valkey = re.search(r"v=(\S+)", output(valkey_program(), "--version"))[1]
    oldest_python = PROJECT["project"]["requires-python"].removeprefix(">=").split(",")[0]
    uv = PROJECT["tool"]["uv"]["required-version"]

    assert SERVICES["postgres"]["image"].split(":")[1].split("-")[0] == postgres
    assert SERVICES["valkey"]["image"] == f"valkey/valkey:{valkey}"
    assert f"ARG PYTHON={oldest_python}\n" in DOCKERFILE
    assert f"pip install uv{uv}\n" in DOCKERFILE


def test_every_image_is_pinned():
    images = [service["image"] for name, service in SERVICES.items() if name not in OURS]

    assert [image for image in images if not re.search(r":v?\d+\.\d+", image)] == []


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_whether_it_is_well(name):
    health = SERVICES[name].get("healthcheck")

    if name == "migrate":  # runs once: its exit code says it
        assert health == {"disable": True}
    elif name == "web":  # the image's own
        assert health is None
        assert 'CMD ["python", "docker/healthy.py"]' in DOCKERFILE
    else:
        assert health["test"][0] in {"CMD", "CMD-SHELL"}


def test_no_secret_stands_in_the_files():
    secret = re.compile(r"^ +\w*(PASSWORD|SECRET_KEY): (?P<value>.+)$", re.MULTILINE)
    values = [m["value"] for m in secret.finditer((ROOT / "docker-compose.yml").read_text())]
    example = (ROOT / ".env.example").read_text()

    assert values
    assert [value for value in values if not re.match(r"\$\{\w+:\?", value)] == []
    assert re.findall(r"^(\w+)=(.+)$", example, re.MULTILINE) == []


def test_example_names_every_secret_that_is_asked_for():
    asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^(\w+)=$", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert named == asked


def test_only_the_migration_knows_the_owner():
    knowing = {name for name in OURS if "DATABASE_OWNER_URL" in str(SERVICES[name])}

    assert knowing == {"migrate"}


def test_workers_take_every_queue_and_wait_for_the_migration():
    commands = {name: SERVICES[name]["command"] for name in ("worker", "worker-pdf")}
    waiting = {
        name: SERVICES[name]["depends_on"]["migrate"]["condition"]
        for name in OURS
        if name != "migrate"
    }

    assert [command[command.index("-Q") + 1] for command in commands.values()] == ["default", "pdf"]
    assert set(waiting.values()) == {"service_completed_successfully"}


def test_published_ports_are_open_to_this_machine_alone():
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]

    assert [port.split(":")[0] for port in ports] == ["127.0.0.1", "127.0.0.1"]


def test_image_runs_as_nobody_special():
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["10001"]


def test_dockerfile_passes_its_linter():
    gate = next(gate for gate in checks.gates() if gate.name == "Dockerfile")

    assert checks.run(gate).words == ""


def test_image_leaves_out_data_and_secrets():
    ignored = set((ROOT / ".dockerignore").read_text().splitlines())

    assert {".env", ".git", ".venv", "var"} <= ignored


def test_production_settings_need_nothing_that_compose_does_not_name():
    named = set(COMPOSE["x-app"]["environment"])

    assert set(checks.PRODUCTION) <= named


@pytest.mark.slow
def test_database_script_makes_roles_with_passwords(place, user):
    user()
    folder = Path(postgres_program("psql")).parent
    environment = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "PGHOST": str(place.sockets),
        "POSTGRES_USER": "postgres",
        "USO_ROLES_SQL": str(ROOT / "uso/roof/demo/roles.sql"),
        "USO_OWNER_PASSWORD": "owner's secret",
        "USO_APP_PASSWORD": "application",
    }

    subprocess.run(["/bin/sh", ROOT / "docker/roles.sh"], env=environment, check=True)

    with connect(place, "postgres") as connection:
        rows = connection.execute(
            "SELECT rolname, rolcreatedb, rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid"
            " WHERE rolname IN ('uso_owner', 'uso_app') ORDER BY rolname"
        ).fetchall()
    assert rows == [("uso_app", False, True), ("uso_owner", False, True)]


@pytest.mark.slow
@pytest.mark.parametrize(("hosts", "code"), [(".uso.example.fi, localhost", 0), ("else.fi", 1)])
def test_health_check_asks_by_the_name_the_service_answers_to(hosts, code):
    class Service(BaseHTTPRequestHandler):
        def do_GET(self):
            well = (self.path, self.headers["Host"]) == ("/healthz", "uso.example.fi")
            self.send_response(200 if well else 400)
            self.end_headers()

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.handle_request).start()
        command = [sys.executable, ROOT / "docker/healthy.py", str(server.server_port)]
        done = subprocess.run(
            command, env=os.environ | {"USO_ALLOWED_HOSTS": hosts}, capture_output=True, check=False
        )

    assert done.returncode == code


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
