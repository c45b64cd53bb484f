"""Addresses of the desk of answers. Every act has a literal word of its own, so that logs may show it."""

from django.urls import URLPattern, path

from kenes.answering.states import BulkVerb, WorkVerb
from kenes.answering.views.bulk import bulk
from kenes.answering.views.link import assignment_link
from kenes.answering.views.part import part
from kenes.answering.views.question import act, question
from kenes.answering.views.queue import queue, queue_csv
from kenes.answering.views.signed import text_signed, text_to_sign
from kenes.answering.views.unit import unit, unit_csv

app_name = "answering"


def _act(verb: WorkVerb) -> URLPattern:
    word = verb.value.replace("_", "-")
    return path(f"work/questions/<str:code>/{word}/", act, {"verb": verb}, name=verb.value)


def _bulk(verb: BulkVerb) -> URLPattern:
    word = verb.value.replace("_", "-")
    return path(f"work/many/{word}/", bulk, {"verb": verb}, name=f"many_{verb.value}")


urlpatterns = [
    path("work/", queue, name="queue"),
    path("work/queue.csv", queue_csv, name="queue_csv"),
    path("work/questions/<str:code>/", question, name="question"),
    *[_act(verb) for verb in WorkVerb],
    *[_bulk(verb) for verb in BulkVerb],
    path("work/questions/<str:code>/text-to-sign.txt", text_to_sign, name="text_to_sign"),
    path("signatures/<slug:public_id>/text.txt", text_signed, name="signed_text"),
    path("work/parts/<slug:public_id>/", part, name="part"),
    path("work/units/<slug:public_id>/", unit, name="unit"),
    path("work/units/<slug:public_id>/questions.csv", unit_csv, name="unit_csv"),
    path("work/assignments/<str:token>/", assignment_link, name="assignment_link"),
]
