"""A server that answers as Statistics Finland's PxWeb does, faults included; of own writing.

The structure follows the service after 8 June 2026: variables by code, contents with a prefix, answers in the
order of the table, 400 for the long names of tables, 403 for too many cells, 429 for too many calls.
"""

import itertools
import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import prod
from urllib.parse import unquote, urlsplit

AREAS = {
    "SSS": "KOKO MAA",
    "KU074": "Halsua",
    "KU217": "Kannus",
    "KU182": "Jämsä",
    "MK16": "Keski-Pohjanmaa",
}


def variable(code, text, values, **more):
    """One variable of the metadata; `values` codes to texts, or a list of both at once."""
    texts = values if isinstance(values, dict) else {one: one for one in values}
    return {
        "code": code,
        "text": text,
        "values": list(texts),
        "valueTexts": list(texts.values()),
        **more,
    }


def population_table(years=("2021", "2022", "2024")):
    """The variables of a table like 11re, with its two further variables."""
    return [
        variable("alue_23_20260101", "Alue", AREAS, map="Alue 2026"),
        variable("ikaryhma_10_20180101", "Ikä", {"SSS": "Yhteensä", "000": "0"}, elimination=True),
        variable(
            "sukupuoli_9_20180101",
            "Sukupuoli",
            {"SSS": "Yhteensä", "1": "Miehet", "2": "Naiset"},
            elimination=True,
        ),
        variable("timeperiod_y", "Vuosi", list(years), time=True),
        variable("contentscode", "Tiedot", {"vaerak-vaesto": "Väestö 31.12."}),
    ]


def key_figures_table(years=("2019", "2020", "2021")):
    """The variables of a table like 142h: contents first in this one."""
    return [
        variable(
            "contentscode",
            "Tiedot",
            {
                "M391": "Alle 15-vuotiaiden osuus väestöstä, %",
                "avl-M303": "Syntyneiden enemmyys, henkilöä",
            },
        ),
        variable("alue_23_20250101", "Alue", AREAS),
        variable("timeperiod_y", "Vuosi", list(years), time=True),
    ]


def figure(codes):
    """A figure that tells where it stands: the same for the same codes whatever their order."""
    return sum(sum(map(ord, code)) * 7 for code in codes)


def dataset(
    variables,
    *,
    table="11re",
    value=figure,
    status=None,
    updated="2026-04-01T05:00:00Z",
    roles=True,
):
    """A json-stat2 answer over all values of the variables; `value` gets the codes of a cell."""
    codes = [variable["values"] for variable in variables]
    cells = [value(cell) for cell in itertools.product(*codes)]
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": "Väestö 31.12.",
        "source": "Tilastokeskus, väestörakenne",
        "updated": updated,
        "id": [variable["code"] for variable in variables],
        "size": [len(one) for one in codes],
        "dimension": {variable["code"]: _dimension(variable) for variable in variables},
        "extension": {"px": {"tableid": table, "decimals": 0}},
        "value": cells,
    }
    if roles:
        document["role"] = _roles(variables)
    if status is not None:
        document["status"] = status
    return document


def _dimension(variable):
    return {
        "label": variable["text"],
        "category": {
            "index": {code: at for at, code in enumerate(variable["values"])},
            "label": dict(zip(variable["values"], variable["valueTexts"], strict=True)),
        },
        "extension": {"elimination": bool(variable.get("elimination"))},
    }


def _roles(variables):
    roles = {"time": [], "geo": [], "metric": []}
    for one in variables:
        if one.get("time"):
            roles["time"].append(one["code"])
        elif one["text"] == "Alue":
            roles["geo"].append(one["code"])
        elif one["text"] == "Tiedot":
            roles["metric"].append(one["code"])
    return roles


@dataclass
class StatFin:
    """What the server knows and how it misbehaves.

    `faults` are used up one by one, before any right answer: a status, `"slow"`, `"truncated"` or `"garbage"`.
    """

    tables: dict = field(
        default_factory=lambda: {
            "StatFin/vaerak/11re": population_table(),
            "Kuntien_avainluvut/uusin/142h": key_figures_table(),
        }
    )
    #: Table to when the listing of its folder says it was changed.
    changed: dict = field(default_factory=dict)
    max_cells: int = 120_000
    faults: list = field(default_factory=list)
    value: object = staticmethod(figure)
    requests: list = field(default_factory=list)
    url: str = ""

    def answer(self, path, body):
        """Return status and body for a request."""
        if path.endswith("?config"):
            return 200, {
                "maxValues": self.max_cells,
                "maxCells": self.max_cells,
                "maxCalls": 40,
                "timeWindow": 60,
                "CORS": True,
            }
        name = path.removesuffix(".px")
        if body is None and (listing := self._listing(name)):
            return 200, listing
        if name not in self.tables:
            return 400, "Bad Request"
        if body is None:
            return 200, {"title": name, "variables": self.tables[name]}
        return self._data(name, json.loads(body))

    def _listing(self, folder):
        return [
            {"id": f"{table.rsplit('/', 1)[-1]}.px", "type": "t", "text": table, "updated": when}
            for table, when in self.changed.items()
            if table.rsplit("/", 1)[0] == folder
        ]

    def _data(self, name, question):
        wanted = {part["code"]: part["selection"]["values"] for part in question["query"]}
        chosen = [_selected(variable, wanted) for variable in self.tables[name]]
        if prod(len(one["values"]) for one in chosen) > self.max_cells:
            return 403, "Forbidden"
        return 200, dataset(chosen, table=name.rsplit("/", 1)[-1], value=self.value)


def _selected(variable, wanted):
    keep = wanted.get(variable["code"], variable["values"])
    texts = dict(zip(variable["values"], variable["valueTexts"], strict=True))
    in_table_order = {code: texts[code] for code in variable["values"] if code in keep}
    return {**variable, "values": list(in_table_order), "valueTexts": list(in_table_order.values())}


@contextmanager
def serving(statfin):
    """Serve at `statfin.url` until left."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"statfin": statfin}))
    server.daemon_threads = False  # closing waits for answers that are still being given
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    statfin.url = f"http://127.0.0.1:{server.server_port}/PxWeb/api/v1/fi"
    try:
        yield statfin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """Answers for `statfin`, which `serving` sets in a subclass."""

    statfin = None

    def do_GET(self):
        self._reply(None)

    def do_POST(self):
        self._reply(self.rfile.read(int(self.headers["Content-Length"])))

    def _reply(self, body):
        parts = urlsplit(self.path)
        path = unquote(parts.path).removeprefix("/PxWeb/api/v1/fi/")
        path += f"?{parts.query}" if parts.query else ""
        self.statfin.requests.append((path, body, self.headers["User-Agent"]))
        fault = self.statfin.faults.pop(0) if self.statfin.faults else None
        if isinstance(fault, int):
            self._send(fault, b"Error", retry_after=2 if fault == 429 else None)
        else:
            self._answer(path, body, fault)

    def _answer(self, path, body, fault):
        if fault == "slow":
            self.connection.recv(1)  # until the client has hung up
        status, answer = self.statfin.answer(path, body)
        content = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        if fault == "garbage":
            content = b"<html>maintenance</html>"
        sent = content[: len(content) // 2] if fault == "truncated" else content
        self._send(status, sent, length=len(content))

    def _send(self, status, content, *, retry_after=None, length=None):
        self.close_connection = True
        with suppress(ConnectionError):  # a client that lost its patience has hung up
            self.send_response(status)
            if retry_after:
                self.send_header("Retry-After", str(retry_after))
            self.send_header("Content-Length", str(length or len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *args):
        pass
