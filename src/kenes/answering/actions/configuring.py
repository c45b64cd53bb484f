"""A body's chain of clearance and its templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kenes.accounts.models import User
from kenes.answering.errors import StepIsNobodys
from kenes.answering.models import AnswerTemplate, ClearanceStep
from kenes.answering.rules import refuse_unknown_placeholders
from kenes.core.languages import LANGUAGES
from kenes.organisations.models import Organisation
from kenes.record.actions import record_act


@dataclass(frozen=True, slots=True)
class StepPlan:
    """What a step is to be; `name` by language, cleared by a kind of the body's people or by those named."""

    organisation: Organisation
    position: int
    name: Mapping[str, str]
    kind: str = ""
    people: Sequence[User] = ()


@transaction.atomic
def save_clearance_step(
    plan: StepPlan, *, by: User | None, at: datetime, step: ClearanceStep | None = None
) -> ClearanceStep:
    """Make or change a step; what was cleared at it stays cleared. Raises: StepIsNobodys."""
    if not plan.kind and not plan.people:
        raise StepIsNobodys
    row = step or ClearanceStep()
    row.organisation, row.position, row.kind = plan.organisation, plan.position, plan.kind
    for language in LANGUAGES:
        setattr(row, f"name_{language}", plan.name.get(language, ""))
    row.save()
    row.people.set(plan.people)
    detail = {"position": plan.position, "kind": plan.kind, "people": len(plan.people)}
    _record("save_clearance_step", plan.organisation, by=by, at=at, detail=detail)
    return row


@transaction.atomic
def retire_clearance_step(step: ClearanceStep, *, by: User | None, at: datetime) -> None:
    """Take a step out of the chain; what was cleared at it stays on record."""
    step.retired_at = at
    step.save(update_fields=["retired_at"])
    _record("retire_clearance_step", step.organisation, by=by, at=at, detail={"position": step.position})


@transaction.atomic
def save_template(template: AnswerTemplate, *, by: User | None, at: datetime) -> AnswerTemplate:
    """Save a template. Raises: PlaceholderUnknown."""
    for language in LANGUAGES:
        refuse_unknown_placeholders(getattr(template, f"text_{language}") or "")
    template.save()
    detail = {"template": template.public_id}
    _record("save_answer_template", template.organisation, by=by, at=at, detail=detail)
    return template


def _record(
    act: str, body: Organisation, *, by: User | None, at: datetime, detail: Mapping[str, object]
) -> None:
    record_act(act=act, object_kind="organisation", object_id=body.public_id, by=by, at=at, detail=detail)
