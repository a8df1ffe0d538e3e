"""What tests of editions and of their documents start from."""

import pytest

from tests import factories
from tests.analysis.editions import store_figures


@pytest.fixture
def heinola(db):
    return factories.MunicipalityFactory(
        code="111", slug="heinola", name_fi="Heinola", genitive_fi="Heinolan",
        locative_fi="Heinolassa", locative_sure=True,
    )  # fmt: skip


@pytest.fixture
def figures(db):
    store_figures()
