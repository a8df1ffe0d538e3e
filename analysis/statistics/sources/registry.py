"""Which adapter reads which source, and responses that were saved."""

import gzip
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics.sources import files, jsonstat
from analysis.statistics.sources.base import Adapter, Response, SourceError, TablePlan
from analysis.statistics.sources.compilation import Compilation
from analysis.statistics.sources.files import Files
from analysis.statistics.sources.http_client import Client, RequestRefused
from analysis.statistics.sources.pxweb import PxWeb
from analysis.statistics.sources.sotkanet import Sotkanet

#: The figures that come with the service, a folder for each source.
BUNDLE_FOLDER = Path(__file__).resolve().parent.parent / "data"
#: A saved response may not unpack to more than this.
MAX_BYTES = 256 * 1024 * 1024

#: By the source's code up to its dash. Publishers without an open interface are read from files.
ADAPTERS: dict[str, Callable[[], Adapter]] = {
    "pxweb": PxWeb,
    "sotkanet": Sotkanet,
    "file": Files,
    "compiled": Compilation,
    **dict.fromkeys(("fcg", "network", "syke", "thl", "vero", "vm"), Files),
}
#: Origins of an import with a meaning of their own; any other is a file, a folder or an address.
NETWORK, BUNDLED = "network", "bundled"
#: Sources that are asked over the network.
LIVE_SOURCES = ("pxweb", "sotkanet")
#: Sources whose figures come with the service, one for each publisher.
COMPILED_SOURCES = ("compiled-statfin", "compiled-thl", "compiled-vero")
#: Every source that has figures in the bundle, in the order in which they are read.
BUNDLED_SOURCES = ("pxweb", *COMPILED_SOURCES)


def adapter_of(source: str) -> Adapter:
    """Return the adapter of a source; `file-evp` is read as `file` is, for each publisher is a source.

    Raises
    ------
    SourceError
        When the source is not known.
    """
    kind = source.partition("-")[0]
    if kind not in ADAPTERS:
        raise SourceError(
            _("There is no source %(source)s; there are %(sources)s.")
            % {"source": source, "sources": ", ".join(ADAPTERS)}
        )
    return ADAPTERS[kind]()


def is_file_source(source: str) -> bool:
    """Return whether a source is read from files that people upload."""
    return ADAPTERS.get(source.partition("-")[0]) is Files


def saved_responses(adapter: Adapter, origin: str, plans: Sequence[TablePlan]) -> list[Response]:
    """Return the saved responses of a file, a folder of files or an address, gzip or not.

    The adapter of files takes workbooks and CSV files with their mappings instead.

    Raises
    ------
    SourceError
        When nothing is there, it cannot be read, or a response is of a table no indicator is read from.
    """
    if isinstance(adapter, Files):
        return [
            _response(adapter, files.read_with_mapping(path), _display_name(path), plans)
            for path in files.list_files(origin)
        ]
    if origin.startswith(("https://", "http://")):
        return [_response(adapter, _fetch(origin), origin, plans)]
    return [
        _response(adapter, _unpack(path.read_bytes()), _display_name(path), plans)
        for path in _saved_files(origin)
    ]


def _response(adapter: Adapter, body: bytes, origin: str, plans: Sequence[TablePlan]) -> Response:
    table = adapter.table_id_of(body)
    if not table:
        raise SourceError(_("%(file)s does not say which table it is of.") % {"file": origin})
    plan = next((plan for plan in plans if plan.table_id == table), None)
    if plan is None:
        raise SourceError(
            _("No indicator is read from table %(table)s: it is the wrong table.")
            % {"table": table}
        )
    said = jsonstat.retrieved_at(body) if isinstance(adapter, PxWeb | Compilation) else None
    return Response(plan.table, body, None, origin, said or timezone.now())


def _saved_files(origin: str) -> list[Path]:
    path = Path(origin)
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.name.endswith((".json", ".json.gz")))
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise SourceError(_("There is no saved answer at %(origin)s.") % {"origin": origin})
    return files


def _display_name(path: Path) -> str:
    """Return a path as it is displayed: within the project from its root, else the file's name."""
    root = BUNDLE_FOLDER.parents[2]
    resolved = path.resolve()
    return str(resolved.relative_to(root)) if resolved.is_relative_to(root) else path.name


def _unpack(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(BytesIO(body)) as file:
            unpacked = file.read(MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        raise SourceError(
            _("The saved answer breaks off: its compression is not whole.")
        ) from error
    if len(unpacked) > MAX_BYTES:
        raise SourceError(_("The saved answer is far too large."))
    return unpacked


def _fetch(address: str) -> bytes:
    try:
        return _unpack(Client().get(address))
    except RequestRefused as error:
        raise SourceError(
            _("The address refuses to answer (error %(status)s).") % {"status": error.status}
        ) from error
