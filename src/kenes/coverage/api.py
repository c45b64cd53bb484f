"""Answer coverage in the read API."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from kenes.core.listing import OF_NUMBERS, SLUG, Day, Json, refuse_unknown
from kenes.coverage.figures import Coverage, coverage_figures, durations
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class, Dimension
from kenes.organisations.models import Organisation
from kenes.programme.states import SphereKey

router = Router(tags=["coverage"])


class CoverageOut(Schema):
    """Questions by class; the classes sum to `asked`. Merged ones count as their targets."""

    asked: int
    merged: int
    classes: dict[str, int]


class WorkingDaysOut(Schema):
    """How many working days written answers took, by nearest rank."""

    answers: int
    median: int | None
    p90: int | None


class FiguresOut(CoverageOut):
    """The coverage of a scope, whole and by its parts: each key narrows the numbers to its part."""

    on: Day = Field(description="the day by which due dates were judged")
    working_days: WorkingDaysOut
    by: dict[str, dict[str, CoverageOut]] = Field(
        description="by region (two digits), session (id), sphere (key), body (id)"
    )


class CoverageAsked(Schema):
    """What the numbers are narrowed to."""

    campaign: str = Field("", pattern=SLUG, max_length=60, description="slug of the campaign")
    session: str = Field("", pattern=SLUG, max_length=16, description="id of the session")
    meeting: str = Field("", pattern=SLUG, max_length=12, description="code of the meeting's room")
    region: str = Field("", pattern=r"^([0-9]{2})?$", description="the region's two digits")
    sphere: SphereKey | None = None
    body: str = Field("", pattern=SLUG, max_length=16, description="id of the body that owes or answered")
    since: Day | None = Field(None, description="first day of asking, in the instance's zone")
    until: Day | None = Field(None, description="last day of asking, in the instance's zone")


@router.get(
    "/coverage",
    response=FiguresOut,
    operation_id="show_coverage",
    openapi_extra=OF_NUMBERS,
    summary="What became of every question",
)
def show_coverage(request: HttpRequest, asked: Query[CoverageAsked]) -> Json:
    """Each question in exactly one class; the lists are on the pages `/coverage/<class>/`."""
    refuse_unknown(request, CoverageAsked)
    today = timezone.localdate()
    scope = Scope(**{name: value for name, value in asked.dict().items() if value})
    found, took = coverage_figures(scope, today=today), durations(scope, today=today)
    return {
        **_told(found.whole),
        "on": today,
        "working_days": {"answers": took.answers, "median": took.median, "p90": took.ninetieth},
        "by": {each.value: _parts(each, found.by[each]) for each in Dimension},
    }


def _parts(dimension: Dimension, sums: Mapping[str, Coverage]) -> dict[str, dict[str, Any]]:
    names = {key: key for key in sums}
    if dimension is Dimension.BODY:
        found = Organisation.objects.filter(pk__in=[int(key) for key in sums])
        names = {str(pk): public_id for pk, public_id in found.values_list("pk", "public_id")}
    return {names[key]: _told(part) for key, part in sums.items()}


def _told(coverage: Coverage) -> dict[str, Any]:
    classes = {each.value: coverage.by_class[each] for each in Class}
    return {"asked": coverage.asked, "merged": coverage.merged, "classes": classes}
