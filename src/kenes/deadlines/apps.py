"""The app's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "kenes.deadlines"
    label = "deadlines"
    verbose_name = _("Terms and calendars")
