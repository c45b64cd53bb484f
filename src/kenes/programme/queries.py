"""What is asked of the programme."""

from django.db.models import QuerySet

from kenes.programme.models import AgendaItem, Meeting
from kenes.territories.models import Place
from kenes.territories.states import PlaceLevel


def region_of(place: Place) -> Place:
    """Return the region a place lies in (a region's own is itself)."""
    if place.level == PlaceLevel.REGION:
        return place
    code = place.path.split("/")[0]
    if code:
        return Place.objects.get(kato=code)
    return region_of(place.parent) if place.parent else place


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the agenda as it stands, speakers with their bodies at hand."""
    items = AgendaItem.objects.filter(meeting=meeting, removed_at=None)
    return items.prefetch_related("speakers__organisation")


def agenda_of_feed(feed_id: int, *, using: str) -> QuerySet[AgendaItem]:
    """Return the agenda that a feed shows, read on the connection `using`."""
    items = AgendaItem.objects.using(using).filter(feed_id=feed_id, removed_at=None)
    return items.prefetch_related("speakers__organisation")
