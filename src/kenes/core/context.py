"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's switches: demo mode and the languages."""
    return {"is_demo": settings.DEMO, "site_languages": settings.LANGUAGES}
