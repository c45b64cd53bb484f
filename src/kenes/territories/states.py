"""Levels of a place."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceLevel(TextChoices):
    """From the region down. Source: the classifier KATO, NK RK 11."""

    REGION = "region", _("Region")
    DISTRICT = "district", _("District")
    RURAL_DISTRICT = "rural_district", _("Rural district")
    SETTLEMENT = "settlement", _("Settlement")
