"""Small files that browsers and crawlers look for at the root."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DAY_SECONDS = 86_400
CLOSED_TO_CRAWLERS = (
    "/admin/",
    "/files/",
    "/live/",
    "/*/accounts/",
    "/*/me/",
    "/*/search/",
    "/*/rooms/*/me/",
    "/*/questions/*/own/",
    "/*/questions/*/receipt/",
)


@require_safe
@cache_control(public=True, max_age=DAY_SECONDS)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: the public pages, nothing personal."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_CRAWLERS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY_SECONDS)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that do not read the page's own link to the icon."""
    return HttpResponsePermanentRedirect(static("core/icon.svg"))


@require_safe
@cache_control(public=True, max_age=DAY_SECONDS)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest. Source: W3C Web Application Manifest."""
    icon = {"src": static("core/icon.svg"), "type": "image/svg+xml", "sizes": "any"}
    content = {
        "name": _("Kenes"),
        "short_name": _("Kenes"),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "lang": settings.LANGUAGE_CODE,
        "background_color": "#f6f4ee",
        "theme_color": "#00686f",
        "icons": [icon],
    }
    return JsonResponse(content, content_type="application/manifest+json")
