"""Every address of the site; pages stand under their language, `/kk/`, `/ru/`, `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("files/", include("kenes.files.urls")),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        path("", include("kenes.rooms.urls")),
        path("", include("kenes.portal.urls")),
    ),
]
