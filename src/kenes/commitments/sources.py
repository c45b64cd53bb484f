"""Where promises were made, told by the apps that know: `config` registers them.

A resolver takes the public ids of one kind and returns what may be shown of each; an id it leaves
out is shown by kind and id alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from kenes.links.models import End


@dataclass(frozen=True, slots=True)
class Source:
    """What is shown of the place a promise was made: in words, and its address in the site (or none)."""

    title: str
    url: str = ""


Resolver = Callable[[Collection[str]], Mapping[str, Source]]
_RESOLVERS: dict[str, Resolver] = {}


def register_source(kind: str, resolver: Resolver) -> None:
    """Let the sources of a kind be told by `resolver`; it answers many ids in a few queries."""
    _RESOLVERS[kind] = resolver


def sources_told(ends: Iterable[End]) -> dict[End, Source]:
    """Return what may be shown of each source, by one call of its resolver for each kind."""
    wanted = set(ends)
    told = {end: Source(end.id) for end in wanted}
    for kind in {end.kind for end in wanted} & _RESOLVERS.keys():
        ids = {end.id for end in wanted if end.kind == kind}
        told |= {End(kind, key): source for key, source in _RESOLVERS[kind](ids).items()}
    return told
