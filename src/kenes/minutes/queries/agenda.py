"""The agenda as it was followed, from the desk's acts in the record."""

from collections.abc import Iterable
from typing import Any

from kenes.core.languages import in_languages
from kenes.programme.models import AgendaItem, Meeting
from kenes.programme.states import AgendaState
from kenes.questions.rows import in_utc
from kenes.record.models import Entry


def agenda_followed(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the points in the order they were taken, then those that were not.

    `taken` has each time that a point was on.
    """
    all_items = AgendaItem.objects.filter(meeting=meeting).prefetch_related("speakers__organisation")
    items = list(all_items.order_by("position", "id"))
    taken = _times_of(items, until=in_utc(meeting.closed_at) if meeting.closed_at else None)
    shown = [item for item in items if item.removed_at is None or taken[item.public_id]]
    in_order = sorted(shown, key=lambda item: _first(taken[item.public_id]))
    return [_point(item, taken[item.public_id]) for item in in_order]


def _point(item: AgendaItem, taken: list[dict[str, str | None]]) -> dict[str, Any]:
    return {
        "code": item.public_id,
        "title": in_languages(item, "title"),
        "planned": {"from": in_utc(item.starts_at), "to": in_utc(item.ends_at)},
        "taken": taken,
        "state": item.state,
        "is_removed": item.removed_at is not None,
        "speakers": [
            {
                "role": in_languages(speaker, "role"),
                "body": in_languages(speaker.organisation, "name") if speaker.organisation else {},
            }
            for speaker in item.speakers.all()
        ],
    }


def _times_of(items: Iterable[AgendaItem], *, until: str | None) -> dict[str, list[dict[str, str | None]]]:
    """Return by point when it was on: from each move to `now` until it left it, or the meeting's end."""
    times: dict[str, list[dict[str, str | None]]] = {item.public_id: [] for item in items}
    moves = Entry.objects.filter(
        object_kind="agenda_item", object_id__in=times, act="move_agenda_item"
    ).order_by("id")
    for public_id, detail, at in moves.values_list("object_id", "detail", "at"):
        if detail["new"] == AgendaState.NOW:
            times[public_id].append({"from": in_utc(at), "to": until})
        elif detail["old"] == AgendaState.NOW and times[public_id]:
            times[public_id][-1]["to"] = in_utc(at)
    return times


def _first(taken: list[dict[str, str | None]]) -> tuple[bool, str]:
    return (not taken, str(taken[0]["from"]) if taken else "")
