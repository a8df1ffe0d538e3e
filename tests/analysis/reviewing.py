"""What tests of experts' work on a draft do alike."""

from django.urls import reverse

from analysis.actions import experts
from tests.analysis.figures import measure

RULE = ("over-64", "share_level")


def assign(analysis, expert, by):
    return experts.assign_expert(analysis=analysis, expert=expert, by=by)


def finding(analysis) -> dict:
    analysis.refresh_from_db()
    found = measure(analysis.content, RULE[0])["findings"]
    return next(each for each in found if each["rule"] == RULE[1])


def address(name, *args):
    return reverse(f"analysis:{name}", args=["kannus", *args])


def body(response) -> str:
    return " ".join(response.content.decode().split())


def typed(page) -> dict[str, str]:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}
