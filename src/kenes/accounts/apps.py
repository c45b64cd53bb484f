"""The app's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "kenes.accounts"
    label = "accounts"
    verbose_name = _("Accounts and roles")
