"""Levels of a place."""

from django.db.models import TextChoices


class PlaceLevel(TextChoices):
    REGION = "region"
    DISTRICT = "district"
    RURAL_DISTRICT = "rural_district"
    SETTLEMENT = "settlement"
