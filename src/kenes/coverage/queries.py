"""Each question with its class: one definition in SQL, from which every number and every list comes."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from kenes.core.listing import day_begins, day_ends
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class
from kenes.deadlines.queries import terms_overdue
from kenes.organisations.models import Organisation
from kenes.questions.models import Answer, Assignment, Question
from kenes.questions.states import AnswerForm, QuestionState

S = QuestionState
OWED = (S.ASSIGNED, S.DRAFTED, S.CLEARED)


def questions_of(scope: Scope) -> QuerySet[Question]:
    """Return all that was asked in the scope, whatever became of it; the body is not looked at."""
    digits = scope.region[:2]
    conditions: dict[str, Any] = {
        "meeting__session__campaign__slug": scope.campaign,
        "meeting__session__public_id": scope.session,
        "meeting__code": scope.meeting.upper(),
        "meeting__session__region__kato": digits and f"{digits}0000000",
        "asked_at__gte": scope.since and day_begins(scope.since),
        "asked_at__lt": scope.until and day_ends(scope.until),
    }
    asked = Question.objects.filter(**{name: value for name, value in conditions.items() if value})
    if scope.sphere:
        asked = asked.filter(Q(meeting__sphere=scope.sphere) | Q(meeting__second_sphere=scope.sphere))
    return asked


def classified(scope: Scope, *, today: date) -> QuerySet[Any]:
    """Return the scope's questions annotated with `coverage` (a `Class`) and `body` (an organisation's id).

    A merged question counts as the one it was merged into. The body is the unit that owes or gave
    the answer; before any assignment, the meeting's host.
    """
    found = questions_of(scope).annotate(
        counted=Coalesce("merged_into_id", "id", output_field=IntegerField()),
        counted_code=Coalesce("merged_into__code", "code"),
        counted_state=Coalesce("merged_into__state", "state"),
    )
    found = found.annotate(body=_body(), coverage=_class(today))
    return found.filter(body__in=_bodies(scope.body)) if scope.body else found


def _bodies(public_id: str) -> Subquery:
    return Subquery(Organisation.objects.filter(public_id=public_id).values("pk"))


def _body() -> Coalesce:
    last = Assignment.objects.filter(question=OuterRef("counted")).order_by("-id")
    return Coalesce(
        Subquery(last.values("organisation_id")[:1]), F("meeting__host_id"), output_field=IntegerField()
    )


def _class(today: date) -> Case:
    """The rules, read from the top: the first that fits holds."""
    overdue = terms_overdue(on=today).filter(
        object_kind="question", object_id=OuterRef("counted_code"), part_of=None
    )
    return Case(
        When(counted_state=S.ANSWERED, then=_answered()),
        When(counted_state=S.REFUSED, then=Value(Class.REFUSED)),
        When(counted_state=S.PASSED_ON, then=Value(Class.PASSED_ON)),
        When(counted_state=S.WITHDRAWN, then=Value(Class.WITHDRAWN)),
        When(Exists(overdue), then=Value(Class.OVERDUE)),
        When(counted_state__in=OWED, then=Value(Class.NOT_YET_DUE)),
        default=Value(Class.WAITING),
        output_field=CharField(),
    )


def _answered() -> Coalesce:
    """By the answer that stands: the last that was not taken back."""
    standing = Answer.objects.filter(question=OuterRef("counted"), retracted_at=None).order_by("-id")
    kind = Case(
        When(form=AnswerForm.ALOUD, then=Value(Class.ALOUD)),
        When(is_late=True, then=Value(Class.LATE)),
        default=Value(Class.IN_TIME),
        output_field=CharField(),
    )
    # No answer stands in this state only while a mistake is being taken back.
    return Coalesce(Subquery(standing.annotate(kind=kind).values("kind")[:1]), Value(Class.WAITING))
