"""Every address of the site; pages stand under their language, `/kk/`, `/ru/`, `/en/`."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from kenes.config.api import api
from kenes.config.signin import openid_urlpatterns
from kenes.core import site_files, style_page

handler400 = "kenes.core.status_pages.bad_request"
handler403 = "kenes.core.status_pages.forbidden"
handler404 = "kenes.core.status_pages.not_found"
handler500 = "kenes.core.status_pages.server_error"

# The administration has no sign-in of its own: a second factor could be passed by.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("robots.txt", site_files.robots),
    path("favicon.ico", site_files.favicon),
    path("manifest.webmanifest", site_files.manifest),
    path("api/v1/", api.urls),
    path("files/", include("kenes.files.urls")),
    path("accounts/", include(openid_urlpatterns)),
    path("", include("kenes.rooms.short_urls")),
    path("", include("kenes.commitments.short_urls")),
    path("", include("kenes.record.data_urls")),
    *i18n_patterns(
        path("accounts/", include("kenes.config.signin")),
        path("", include("kenes.accounts.urls")),
        path("", include("kenes.programme.urls")),
        path("", include("kenes.rooms.urls")),
        path("", include("kenes.minutes.urls")),
        path("", include("kenes.commitments.urls")),
        path("", include("kenes.following.urls")),
        path("", include("kenes.questions.urls")),
        path("", include("kenes.register.urls")),
        path("", include("kenes.answering.urls")),
        path("", include("kenes.coverage.urls")),
        path("", include("kenes.redaction.urls")),
        path("", include("kenes.record.urls")),
        path("", include("kenes.portal.urls")),
    ),
]

if settings.DEBUG:
    urlpatterns.append(path("style/", style_page.style_page, name="style"))
