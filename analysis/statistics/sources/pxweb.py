"""Statistics Finland's PxWeb service, API version 1.

The metadata of a table is read first, variables are found by what they are, and the query is split
into parts under the limits the server names (120 000 cells and 40 calls in 60 s on 29 August 2026).

References
----------
pxdata.stat.fi/PxWeb/api/v1/fi; instructions for updating queries after the change of 8 June 2026.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics.sources import jsonstat, tidy, variables
from analysis.statistics.sources.base import (
    NoSuchTable,
    ParsedTable,
    Progress,
    Response,
    Series,
    SourceError,
    TablePlan,
    never_a_traceback,
)
from analysis.statistics.sources.http_client import Client, Pace, RequestRefused
from analysis.statistics.sources.jsonstat import Dimension

#: Used when `settings.PXWEB_URL` is not set.
BASE = "https://pxdata.stat.fi/PxWeb/api/v1/fi"
#: Used when the server does not name its limits.
DEFAULT_CELLS = 100_000

#: Code of a variable to the codes of its values, in the order in which it is split.
Selection = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Limits:
    """What one query may hold: `cells` the product and `values` the sum of what is selected."""

    cells: int = DEFAULT_CELLS
    values: int = DEFAULT_CELLS

    def allow(self, selection: Selection) -> bool:
        """Return whether a query fits."""
        sizes = [len(codes) for codes in selection.values()]
        return prod(sizes) <= self.cells and sum(sizes) <= self.values


@dataclass
class PxWeb:
    """Adapter of the PxWeb service at `base`."""

    base: str = field(default_factory=lambda: getattr(settings, "PXWEB_URL", BASE))
    client: Client = field(default_factory=Client)
    _folder_listings: dict[str, Any] = field(default_factory=dict)

    def fetch(self, plan: TablePlan, progress: Progress) -> Response:
        """Fetch all parts of a table; several are joined into one JSON list.

        Raises
        ------
        SourceError
            When the table is another than was meant, or the server does not answer.
        """
        address = f"{self.base}/{plan.table}.px"
        limits = self._limits()
        dimensions = self._metadata(address, plan)
        pending = [
            part
            for selection in selections(dimensions, plan)
            for part in split_to_fit(selection, limits)
        ]
        bodies, queries = self._fetch_parts(address, pending, plan, progress)
        return Response(
            plan.table, join_bodies(bodies), queries, address, timezone.now(), since=plan.since
        )

    def last_changed(self, plan: TablePlan) -> str:
        """Return when the listing of the table's folder says it was changed (one short request)."""
        folder = plan.table.rpartition("/")[0]
        try:
            if folder not in self._folder_listings:
                self._folder_listings[folder] = json.loads(self.client.get(f"{self.base}/{folder}"))
            listed = {str(row["id"]): str(row["updated"]) for row in self._folder_listings[folder]}
        except (RequestRefused, KeyError, TypeError, ValueError):
            return ""
        return listed.get(f"{plan.table_id}.px", "")

    @never_a_traceback
    def parse(self, body: bytes, plan: TablePlan) -> ParsedTable:
        """Parse a response, live or saved."""
        datasets = [jsonstat.parse(document) for document in jsonstat.documents(body)]
        return tidy.parse_table(datasets, plan)

    @never_a_traceback
    def table_id_of(self, body: bytes) -> str:
        """Return the id of the table a response is of, empty when it does not say."""
        return jsonstat.table_id(jsonstat.documents(body)[0])

    def _limits(self) -> Limits:
        try:
            config = json.loads(self.client.get(f"{self.base}/?config"))
            self.client.pace = Pace(int(config["maxCalls"]), float(config["timeWindow"]))
            return Limits(int(config["maxCells"]), int(config["maxValues"]))
        except (RequestRefused, KeyError, TypeError, ValueError):
            return Limits()

    def _metadata(self, address: str, plan: TablePlan) -> list[Dimension]:
        try:
            metadata = json.loads(self.client.get(address))
            return [_dimension(variable) for variable in metadata["variables"]]
        except RequestRefused as error:
            raise _refusal(error, plan) from error
        except (KeyError, TypeError, ValueError) as error:
            raise jsonstat.unreadable_answer(_("its description is not whole.")) from error

    def _fetch_parts(
        self, address: str, pending: list[Selection], plan: TablePlan, progress: Progress
    ) -> tuple[list[bytes], list[Any]]:
        """Fetch part by part; a part refused as too large is halved and the rest goes on."""
        bodies: list[bytes] = []
        queries: list[Any] = []
        while pending:
            progress(len(bodies), len(bodies) + len(pending))
            selection = pending.pop(0)
            try:
                bodies.append(self._post(address, selection))
                queries.append(selection)
            except RequestRefused as error:
                pending = [*_halves_or_fail(selection, error, plan), *pending]
        progress(len(bodies), len(bodies))
        return bodies, queries

    def _post(self, address: str, selection: Selection) -> bytes:
        return self.client.send(address, json.dumps(query(selection)).encode())


def join_bodies(bodies: Sequence[bytes]) -> bytes:
    """Return the responses as one: alone as it came, several as a JSON list."""
    return bodies[0] if len(bodies) == 1 else b"[" + b",\n".join(bodies) + b"]"


def query(selection: Selection) -> dict[str, Any]:
    """Return the body of a request in the service's form."""
    return {
        "query": [
            {"code": code, "selection": {"filter": "item", "values": list(values)}}
            for code, values in selection.items()
        ],
        "response": {"format": "json-stat2"},
    }


def _dimension(variable: Mapping[str, Any]) -> Dimension:
    return Dimension(
        code=variable["code"],
        text=str(variable.get("text") or variable["code"]),
        role="time" if variable.get("time") else "",
        codes=tuple(variable["values"]),
        labels=tuple(variable.get("valueTexts") or variable["values"]),
        eliminable=bool(variable.get("elimination")),  # absent in a description, it is false
        total="",
    )


def selections(dimensions: Sequence[Dimension], plan: TablePlan) -> list[Selection]:
    """Return what to select of each variable: one query for each set of values of further variables.

    Raises
    ------
    SourceError
        When the table has none of the series.
    """
    table = variables.find_variables(dimensions)
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for series in plan.series:
        fixed_values = _fixed_values(table.others, series)
        at = variables.content_position(table.metric, series)
        if fixed_values is not None and at is not None:
            groups.setdefault(fixed_values, []).append(
                table.metric.codes[at] if table.metric else ""
            )
    if not groups:
        raise SourceError(
            _(
                "Table %(table)s has none of the figures asked for: it is the wrong table or its contents have new names. The figures read before stay in use."
            )
            % {"table": plan.table_id}
        )
    return [
        _selection(table, plan, dict(fixed_values), codes) for fixed_values, codes in groups.items()
    ]


def _fixed_values(
    others: Sequence[Dimension], series: Series
) -> tuple[tuple[str, str], ...] | None:
    """Return the value of each further variable; one without a total may be left out if the table allows."""
    chosen = []
    for dimension in others:
        at = variables.selected_position(dimension, series)
        if at is not None:
            chosen.append((dimension.code, dimension.codes[at]))
        elif not dimension.eliminable or dimension.text in series.selection:
            return None
    return tuple(chosen)


def _selection(
    table: variables.TableVariables,
    plan: TablePlan,
    fixed_values: dict[str, str],
    contents: list[str],
) -> Selection:
    years = [code for code in table.time.codes if _since(code, plan.since)]
    areas = [code for code in table.geo.codes if len(variables.area_code(code)) == 3]
    selection: dict[str, Sequence[str]] = {table.time.code: years}
    if table.metric:
        selection[table.metric.code] = list(dict.fromkeys(contents))
    return selection | {table.geo.code: areas} | {code: [one] for code, one in fixed_values.items()}


def _since(code: str, year: int) -> bool:
    period = variables.parse_period(code)
    return period is not None and period[0] >= year


def split_to_fit(selection: Selection, limits: Limits) -> Iterator[Selection]:
    """Yield parts of a query that fit the limits, cut by time first, then contents, then areas."""
    if limits.allow(selection):
        yield selection
        return
    for half in halves(selection):
        yield from split_to_fit(half, limits)


def halves(selection: Selection) -> list[Selection]:
    """Return a query in two, by the first variable with more than one value; alone when it has none."""
    code = next((code for code, values in selection.items() if len(values) > 1), None)
    if code is None:
        return [selection]
    middle = (len(selection[code]) + 1) // 2
    return [
        {**selection, code: selection[code][:middle]},
        {**selection, code: selection[code][middle:]},
    ]


def _halves_or_fail(
    selection: Selection, error: RequestRefused, plan: TablePlan
) -> list[Selection]:
    parts = halves(selection) if error.status == 403 else [selection]
    if len(parts) == 1:
        raise _refusal(error, plan) from error
    return parts


def _refusal(error: RequestRefused, plan: TablePlan) -> SourceError:
    values = {"table": plan.table_id, "status": error.status}
    if error.status == 403:
        text = _(
            "The source refuses to give table %(table)s (error %(status)s). The figures read before stay in use."
        )
        return SourceError(text % values)
    text = _(
        "The source does not know table %(table)s by this name or does not accept the question (error %(status)s): the table may have been renamed. The figures read before stay in use."
    )
    return NoSuchTable(text % values)
