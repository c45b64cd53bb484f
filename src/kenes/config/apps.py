"""The app's registration with Django, and that of upper apps with lower ones."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "kenes.config"
    label = "config"

    def ready(self) -> None:
        """Let questions and votes follow a guest into the account they sign in to."""
        from kenes.programme.joining import on_merge
        from kenes.questions.actions import merge_participants

        on_merge(merge_participants)
