"""Figures that come with the service because no source of theirs is read yet: files in json-stat2."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.statistics.sources import jsonstat, tidy
from analysis.statistics.sources.base import Answer, Progress, Raw, SourceError, TablePlan


@dataclass
class Compiled:
    """Adapter of the files in analysis/data; there is no network behind it."""

    def ask(self, plan: TablePlan, progress: Progress) -> Raw:
        """Refuse: these figures are read from their files alone."""
        raise SourceError(
            _("Table %(table)s is read only from the figures that come with the service.")
            % {"table": plan.table_id}
        )

    def last_changed(self, plan: TablePlan) -> str:
        """Tell nothing: there is no network to ask."""
        return ""

    def read(self, body: bytes, plan: TablePlan) -> Answer:
        """Turn a file into a tidy frame."""
        datasets = [jsonstat.parse(document) for document in jsonstat.documents(body)]
        return tidy.answer(datasets, plan)

    def table_of(self, body: bytes) -> str:
        """Return the id of the table a file is of."""
        return jsonstat.table_id(jsonstat.documents(body)[0])
