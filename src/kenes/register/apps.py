"""The app's registration with Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "kenes.register"
    label = "register"
