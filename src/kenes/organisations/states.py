"""Kinds of bodies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    MINISTRY = "ministry", _("Ministry")
    COMMITTEE = "committee", _("Committee")
    DIRECTORATE = "directorate", _("Regional directorate")
    DEPARTMENT = "department", _("District department")
    YOUTH_CENTRE = "youth_centre", _("Youth resource centre")
    NGO = "ngo", _("Non-governmental organisation")
    MEDIA = "media", _("Mass media")
    OTHER = "other", _("Other organisation")
