"""Figures that come with the service because no source of theirs is read yet: files in json-stat2."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.statistics.sources import jsonstat, tidy
from analysis.statistics.sources.base import (
    ParsedTable,
    Progress,
    Response,
    SourceError,
    TablePlan,
    never_a_traceback,
)


@dataclass
class Compilation:
    """Adapter of the files in analysis/statistics/data; there is no network behind it."""

    def fetch(self, plan: TablePlan, progress: Progress) -> Response:
        """Refuse: these figures come from their files alone."""
        raise SourceError(
            _("Table %(table)s is read only from the figures that come with the service.")
            % {"table": plan.table_id}
        )

    def last_changed(self, plan: TablePlan) -> str:
        """Say nothing: there is no network to ask."""
        return ""

    @never_a_traceback
    def parse(self, body: bytes, plan: TablePlan) -> ParsedTable:
        """Parse a file."""
        datasets = [jsonstat.parse(document) for document in jsonstat.documents(body)]
        return tidy.parse_table(datasets, plan)

    @never_a_traceback
    def table_id_of(self, body: bytes) -> str:
        """Return the id of the table a file is of."""
        return jsonstat.table_id(jsonstat.documents(body)[0])
