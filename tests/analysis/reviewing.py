"""What tests of experts' work on a draft do alike."""

from django.urls import reverse
from msgspec.structs import replace

from analysis.actions import experts
from analysis.content.edition import EditionContent, EditionFinding
from tests.analysis.figures import changed, measure

RULE = ("over-64", "share_level")


def assign(analysis, expert, by):
    return experts.assign_expert(analysis=analysis, expert=expert, by=by)


def finding(analysis) -> EditionFinding:
    analysis.refresh_from_db()
    return measure(analysis.content, RULE[0]).finding(RULE[1])


def without_figures(content) -> EditionContent:
    """The same sentence of other figures, as a new build may give it."""
    first, *others = measure(content, RULE[0]).findings
    return changed(content, RULE[0], findings=(replace(first, figures={}), *others))


def address(name, *args):
    return reverse(f"analysis:{name}", args=["kannus", *args])


def body(response) -> str:
    return " ".join(response.content.decode().split())


def typed(page) -> dict[str, str]:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}
