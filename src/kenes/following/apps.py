"""The app's registration with Django."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "kenes.following"
    label = "following"
