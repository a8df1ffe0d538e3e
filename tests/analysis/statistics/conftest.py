"""Sources are asked without the waits between their answers."""

import pytest


@pytest.fixture(autouse=True)
def waits(monkeypatch) -> list[float]:
    """The seconds a client would have waited, which nobody waits for."""
    waited: list[float] = []
    monkeypatch.setattr("analysis.statistics.sources.http_client.pause", waited.append)
    return waited
