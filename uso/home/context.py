"""What every page shows around its content."""

from django.conf import settings
from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    """Places of the navigation for whoever looks."""
    return {"demo": settings.DEMO, "nav": []}
