"""The app's registration with Django."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "kenes.rooms"
    label = "rooms"
