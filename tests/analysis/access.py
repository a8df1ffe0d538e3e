"""Who gets what: situation analyses (see tests/access.py)."""

from analysis.models import Analysis
from municipalities.enums import Role
from tests.access import Arguments, World
from tests.analysis import editions, reviewing
from tests.municipalities.factories import user_with_role

DRAFT = 2  # the edition after the published one

#                                  nobody coord expert contact leader billing jämsä
TABLE = {
    "analysis:overview":               "in  200 200 200 200 403 404",
    "analysis:indicator":              "in  200 200 200 200 403 404",
    "analysis:peers":                  "in  200 403 200 403 403 404",
    "analysis:chart_picture":          "in  200 200 200 200 403 404",
    "analysis:chart_csv":              "in  200 200 200 200 403 404",
    "analysis:annex":                  "in  200 200 200 200 403 404",
    "analysis:document":               "in  200 200 200 200 403 404",
    "analysis:make_document":          "POST in -> -> -> -> 403 404",
    "analysis:rebuild":                "POST in -> 403 403 403 403 404",
    "analysis:approve":                "POST in -> 403 403 403 403 404",
    "analysis:reopen":                 "POST in -> 403 403 403 403 404",
    "analysis:publish":                "in  200 403 403 403 403 404",
    "analysis:review":                 "in  200 200 403 403 403 404",  # an expert it was given to
    "analysis:keep_all":               "POST in -> -> 403 403 403 404",
    "analysis:assign_expert":          "POST in -> 403 403 403 403 404",
    "analysis:remove_expert":          "POST in -> 403 403 403 403 404",
    "analysis:ready":                  "POST in 404 -> 403 403 403 404",  # for the expert alone
    "analysis:sentence":               "in  200 200 403 403 403 404",
    "analysis:answer_edit":            "POST in -> -> 403 403 403 404",
    "analysis:add_comment":            "in  200 200 403 403 403 404",
    "analysis:change_comment":         "in  200 200 403 403 403 404",
    "analysis:answer_comment":         "POST in -> -> 403 403 403 404",
    "analysis_network:approve":        "POST in -> 403 403 403 403 403",
    "analysis_network:open_one":       "in  404 404 403 403 403 403",  # without a choice
    "analysis_network:season":         "in  200 200 403 403 403 403",
    "analysis_network:build":          "in  200 403 403 403 403 403",
    "analysis_network:make_documents": "POST in -> 403 403 403 403 403",
    "analysis_network:publish":        "in  200 403 403 403 403 403",
}  # fmt: skip


def of_municipality(world: World) -> Arguments:
    """Publish an edition; give a draft of the next to the expert, with an edit and a comment."""
    whose = (world.municipality, world.season, world.coordinator)
    published = editions.ready_made(*whose)
    editions.store(published, "fi")
    draft = editions.ready_made(*whose, edition=DRAFT, is_published=False)
    reviewing.assign(draft, world.expert, world.coordinator)
    drafts = ("approve", "reopen", "publish", "review", "sentence", "keep_all", "add_comment")
    return {
        "analysis_id": published.pk,
        "edit_id": editions.edit(draft, world.expert).pk,
        "comment_id": editions.comment(draft, world.expert).pk,
        **{f"analysis:{name}.analysis_id": draft.pk for name in drafts},
    }


def of_network(world: World) -> Arguments:
    return {
        "language": "fi",
        "key": "over-64",
        "rule": "share_level",
        "answer": "keep",
        "expert_id": world.expert.pk,
    }


def add_row(world: World, n: int) -> None:
    """Give the draft to one more expert, who comments on it."""
    draft = Analysis.objects.get(
        municipality=world.municipality, season=world.season, edition=DRAFT
    )
    another = user_with_role(Role.EXPERT)
    reviewing.assign(draft, another, world.coordinator)
    editions.comment(draft, another)
