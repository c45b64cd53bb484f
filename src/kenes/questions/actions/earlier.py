"""Questions and answers of before the log existed, added to it with a mark that says so."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from kenes.questions.actions.leaves import ANSWERED, OBJECT_KIND, REGISTERED, answered, registered
from kenes.questions.models import Answer, Edit, Question
from kenes.record.actions import Fact, append_leaves
from kenes.record.models import Leaf

AT_ONCE = 500

Row = TypeVar("Row", bound=Model)


def log_earlier_questions() -> int:
    """Append leaves for questions and answers that have none, in batches; return how many.

    What has a leaf is passed over, so it may run at any time, beside the site, and again.
    """
    return _log(_questions(), _registered) + _log(_answers(), _answered)


def _log(rows: QuerySet[Row], facts_of: Callable[[Sequence[Row]], list[Fact]]) -> int:
    """Go through the rows by key: what is behind is not looked at again."""
    added, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        added += len(append_leaves(facts_of(batch)))
        last = batch[-1].pk
    return added


def _questions() -> QuerySet[Question]:
    leaf = Leaf.objects.filter(kind=REGISTERED, object_kind=OBJECT_KIND, object_id=OuterRef("code"))
    return Question.objects.filter(~Exists(leaf)).select_related("meeting")


def _answers() -> QuerySet[Answer]:
    leaf = Leaf.objects.filter(
        kind=ANSWERED, object_kind=OBJECT_KIND, object_id=OuterRef("question__code"), at=OuterRef("at")
    )
    return Answer.objects.filter(~Exists(leaf), form="aloud").select_related("question", "organisation")


def _registered(questions: Sequence[Question]) -> list[Fact]:
    edits = Edit.objects.filter(question__in=[question.pk for question in questions]).order_by("-id")
    # The earliest edit comes last and stays.
    first_texts = {edit.question_id: edit.old_text for edit in edits}
    return [registered(each, first_texts.get(each.pk, each.text), earlier=True) for each in questions]


def _answered(answers: Sequence[Answer]) -> list[Fact]:
    return [answered(each, earlier=True) for each in answers]
