"""The app's registration with Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "kenes.questions"
    label = "questions"
