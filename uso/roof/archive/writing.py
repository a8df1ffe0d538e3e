"""A season's archive on disk: each table as CSV and JSON, its files, and a manifest over all."""

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import BinaryField, Field, Model

from municipalities.models import User
from seasons.models import Season
from uso.ground.lib.spreadsheets import harmless
from uso.roof.archive.contents import rows_of

MANIFEST = "manifest.json"
Record = dict[str, Any]


@dataclass(frozen=True)
class ArchivedFile:
    """A line of the manifest: `rows` is None of a file that is no table."""

    name: str
    rows: int | None
    sha256: str


def write_archive(season: Season, folder: Path, *, at: datetime) -> list[ArchivedFile]:
    """Write a season's archive into a new folder, whole or not at all; call it across municipalities.

    Returns
    -------
    What the manifest lists: each file with its rows and its SHA-256.

    Raises
    ------
    FileExistsError
        The folder is there and holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
        made = Path(unfinished) / "archive"
        made.mkdir(mode=0o700)  # it holds personal data
        written = list(_write_all(season, made))
        manifest = {
            "season": season.number,
            "years": [season.first_year, season.last_year],
            "made_at": at.isoformat(),
            "files": [asdict(file) for file in written],
        }
        (made / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        if folder.exists():
            folder.rmdir()
        shutil.move(made, folder)
    return written


def _write_all(season: Season, folder: Path) -> Iterator[ArchivedFile]:
    users: set[int] = set()
    for table, rows in rows_of(season):
        records = []
        for row in rows:
            record, contents = _read(row)
            records.append(record)
            users |= _users_of(row)
            for name, content in contents.items():
                yield _write(folder, name, content)
        heads = [field.attname for field in _fields(rows[0])] if rows else []
        yield from _write_table(folder, table, heads, records)
    known = User.objects.filter(pk__in=users).order_by("pk")
    named = ["id", "first_name", "last_name", "email"]  # no password, no sign-in
    yield from _write_table(folder, User._meta.db_table, named, list(known.values(*named)))


def _write_table(
    folder: Path, table: str, heads: Sequence[str], records: list[Record]
) -> Iterator[ArchivedFile]:
    whole = json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    yield _write(folder, f"{table}.json", whole.encode(), rows=len(records))
    yield _write(folder, f"{table}.csv", _as_csv(heads, records), rows=len(records))


def _write(folder: Path, name: str, content: bytes, *, rows: int | None = None) -> ArchivedFile:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return ArchivedFile(name, rows, hashlib.sha256(content).hexdigest())


def _fields(row: Model) -> "list[Field[Any, Any]]":
    return [field for field in row._meta.concrete_fields if not field.generated]


def _read(row: Model) -> tuple[Record, dict[str, bytes]]:
    """Return a row's values by column, and the contents of its files by the name written instead."""
    record: Record = {}
    contents: dict[str, bytes] = {}
    for field in _fields(row):
        value = getattr(row, field.attname)
        if isinstance(field, BinaryField) and value is not None:
            name = f"files/{row._meta.db_table}-{row.pk}{_suffix(bytes(value))}"
            contents[name] = bytes(value)
            value = name
        record[field.attname] = _plain(value)
    return record, contents


def _suffix(content: bytes) -> str:
    return {b"%PDF": ".pdf", b"PK\x03\x04": ".xlsx"}.get(content[:4], ".bin")


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; dates as ISO 8601, sums as text, ranges by their limits."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case Range():
            return {"from": value.lower, "below": value.upper}
        case _:
            return value


def _users_of(row: Model) -> set[int]:
    keys = (
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.is_relation and field.related_model is User
    )
    return {key for key in keys if key is not None}


def _as_csv(heads: Sequence[str], records: list[Record]) -> bytes:
    """Return a table that a Finnish Excel opens as it is; JSON beside it holds the exact values."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(heads)
    writer.writerows([_cell(record[head]) for head in heads] for record in records)
    return "\N{BYTE ORDER MARK}".encode() + text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    return json.dumps(value, ensure_ascii=False)
