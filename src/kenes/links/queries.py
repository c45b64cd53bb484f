"""Reading links from either end."""

from django.db.models import QuerySet

from kenes.links.models import End, Link


def links_from(source: End, *, relation: str | None = None) -> QuerySet[Link]:
    """Return the links that begin at `source`, in the order they were made."""
    links = Link.objects.filter(source_kind=source.kind, source_id=source.id)
    return _of_relation(links, relation)


def links_to(target: End, *, relation: str | None = None) -> QuerySet[Link]:
    """Return the links that end at `target`, in the order they were made."""
    links = Link.objects.filter(target_kind=target.kind, target_id=target.id)
    return _of_relation(links, relation)


def _of_relation(links: QuerySet[Link], relation: str | None) -> QuerySet[Link]:
    return (links if relation is None else links.filter(relation=relation)).order_by("at", "id")
