"""How the actions write a row: fresh under the feed's lock, stamped, only the fields that changed."""

from collections.abc import Collection, Mapping

from django.db.models import Model, QuerySet

from kenes.core.languages import LANGUAGES
from kenes.live.contracts import FeedChange, Stream
from kenes.live.models import FeedRow
from kenes.programme.models import Meeting
from kenes.programme.texts import clean_texts

EVERYWHERE = (Stream.PUBLIC, Stream.DESK, Stream.SPEAKER)


def set_texts(row: Model, field: str, texts: Mapping[str, str], *, is_required: bool = True) -> None:
    """Set a translated field in each language; a language left out is emptied."""
    limit = row._meta.get_field(field).max_length  # type: ignore[union-attr]
    kept = clean_texts(texts, limit=limit or 10_000, is_required=is_required)
    for language in LANGUAGES:
        setattr(row, f"{field}_{language}", kept.get(language))


def fields_of_texts(*names: str) -> list[str]:
    """Return the columns of translated fields: the plain one (the fallback), and each language's."""
    return [column for name in names for column in (name, *(f"{name}_{one}" for one in LANGUAGES))]


def with_plain_columns(changed: Collection[str]) -> list[str]:
    """Return `changed` with the plain column (`title`) of each text changed in one language."""
    plain = {name.rpartition("_")[0] for name in changed if name.endswith(tuple(f"_{x}" for x in LANGUAGES))}
    return sorted({*changed, *plain})


def take_lock(row: FeedRow, *, fields: Collection[str] | None = None) -> None:
    """Read the row (or these fields) anew and hold it until the transaction's end; lock its feed first."""
    rows: QuerySet[FeedRow] = type(row)._default_manager.select_for_update()
    row.refresh_from_db(fields=fields, from_queryset=rows)


def save_stamped(feed: FeedChange, row: FeedRow, *changed: str, on: Collection[Stream] = EVERYWHERE) -> None:
    """Stamp the row and save its changed fields."""
    fields = feed.stamp(row, on=on)
    row.save(update_fields=[*changed, *fields])


def touch_meeting(feed: FeedChange, meeting: Meeting) -> None:
    """Stamp a meeting whose own columns stay, because something that its row shows has changed."""
    take_lock(meeting, fields=FeedRow.FEED_FIELDS)
    save_stamped(feed, meeting)
