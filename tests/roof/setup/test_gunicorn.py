"""What gunicorn's settings do when a worker starts."""

import gc
import runpy

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def _thawed():
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_worker_leaves_what_its_start_made_out_of_later_searches_for_garbage():
    started = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))["post_worker_init"]

    started(None)

    assert gc.get_freeze_count() > 0
