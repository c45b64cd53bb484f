"""Questions and answers of before the log existed, added to it with a mark that says so."""

from django.db.models import Exists, OuterRef

from kenes.questions.actions.leaves import ANSWERED, OBJECT_KIND, REGISTERED, answered, registered
from kenes.questions.models import Answer, Edit, Question
from kenes.record.actions import Fact, append_leaves
from kenes.record.models import Leaf

AT_ONCE = 500


def log_earlier_questions() -> int:
    """Append leaves for questions and answers that have none, in batches; return how many.

    What has a leaf is passed over, so it may run at any time, beside the site, and again.
    """
    added = 0
    for facts_to_add in (_questions, _answers):
        while facts := facts_to_add():
            added += len(append_leaves(facts))
    return added


def _questions() -> list[Fact]:
    leaf = Leaf.objects.filter(kind=REGISTERED, object_kind=OBJECT_KIND, object_id=OuterRef("code"))
    rows = Question.objects.filter(~Exists(leaf)).select_related("meeting").order_by("id")[:AT_ONCE]
    edits = Edit.objects.filter(question__in=[row.pk for row in rows]).order_by("-id")
    # The earliest edit comes last and stays.
    first_texts = {edit.question_id: edit.old_text for edit in edits}
    return [registered(row, first_texts.get(row.pk, row.text), earlier=True) for row in rows]


def _answers() -> list[Fact]:
    leaf = Leaf.objects.filter(
        kind=ANSWERED, object_kind=OBJECT_KIND, object_id=OuterRef("question__code"), at=OuterRef("at")
    )
    rows = Answer.objects.filter(~Exists(leaf), form="aloud").select_related("question", "organisation")
    return [answered(row, earlier=True) for row in rows.order_by("id")[:AT_ONCE]]
