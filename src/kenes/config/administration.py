"""Puts our administration in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's app with our site."""

    default_site = "kenes.core.admin_site.AdministrationSite"
