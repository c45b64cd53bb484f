"""What a person looks for: words, «phrases», beginnings* of words, without -others; no database's syntax.

Every token is made of letters and digits by `words`, so nothing that was typed reaches a query as syntax.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kenes.register.stemming import Stems
from kenes.register.words import folded_word, words_in

LONGEST = 200
MOST_TERMS = 12
# One letter begins a large part of all words: to look them all up is slow, and tells nobody anything.
SHORTEST_BEGINNING = 2

_TERM = re.compile(
    r'(?P<minus>(?<!\S)[-−–])?(?:["“”„«»](?P<phrase>[^"“”„«»]*)(?:["“”„«»]|$)|(?P<word>[^\s"“”„«»]+))'
)
# Words that stand in nearly every question; looked for only in phrases, or where nothing else was typed.
_EVERYWHERE = (
    "а в во да для до же за и из или к как ко ли на не но о об от по при про с со у что это",
    "бар бир бул жане мен ма ме ба бе па пе не осы туралы ушин калай",
    "a an and are as at be by for from how in is it of on or that the this to what when will with",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One or more words that must stand side by side.

    `beginning` is searched as a word's first letters, and as another form of the word in `words`:
    молодёжного* finds молодёжный too. `is_unwanted`: what has it is left out.
    """

    words: tuple[Stems, ...] = ()
    beginning: str = ""
    is_unwanted: bool = False


@dataclass(frozen=True)
class Search:
    """Terms that must all be found, and some that must not be; `typed` is what was written."""

    typed: str
    terms: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every token looked for, to be marked in what is shown."""
        return frozenset(token for term in self.terms for stems in term.words for token in stems.tokens)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The beginnings of words looked for."""
        return tuple(term.beginning for term in self.terms if term.beginning)


def parse_search(typed: str) -> Search:
    """Return what a person looks for; without terms where there is no word in it."""
    typed = " ".join(typed.replace("\0", " ")[:LONGEST].split())
    terms = [term for found in _TERM.finditer(typed) if (term := _term(found))][:MOST_TERMS]
    telling = [term for term in terms if not _is_everywhere(term)]
    wanted = [term for term in telling or terms if not term.is_unwanted]
    if not wanted:  # nothing to leave it out of: then it is looked for
        return Search(typed, tuple(telling or terms))
    return Search(typed, tuple(wanted), tuple(term for term in telling if term.is_unwanted))


def as_fts5(search: Search) -> str:
    """Return the search in the words of SQLite's FTS5."""
    wanted = " AND ".join(f"({' OR '.join(_fts5_ways(term))})" for term in search.terms)
    unwanted = " OR ".join(way for term in search.unwanted for way in _fts5_ways(term))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def as_tsquery(search: Search) -> str:
    """Return the search in the words of PostgreSQL's `tsquery`."""
    wanted = " & ".join(f"({' | '.join(_tsquery_ways(term))})" for term in search.terms)
    unwanted = " | ".join(way for term in search.unwanted for way in _tsquery_ways(term))
    return f"({wanted}) & !({unwanted})" if unwanted else wanted


def _term(found: re.Match[str]) -> Term | None:
    word, is_unwanted = found["word"], bool(found["minus"])
    words = tuple(word.stems for word in words_in(found["phrase"] or word or ""))
    if word and word.endswith("*"):
        beginning = folded_word(word.rstrip("*"))
        if len(beginning) >= SHORTEST_BEGINNING:
            return Term(() if _begin_so(words, beginning) else words, beginning, is_unwanted)
    return Term(words, is_unwanted=is_unwanted) if words else None


def _begin_so(words: Iterable[Stems], beginning: str) -> bool:
    """Say whether whoever finds the beginning finds the words too: then they are not looked for twice."""
    return all(token[1:].startswith(beginning) for stems in words for token in stems.tokens)


def _is_everywhere(term: Term) -> bool:
    return not term.beginning and len(term.words) == 1 and term.words[0] in _STEMS_EVERYWHERE


def _fts5_ways(term: Term) -> Iterable[str]:
    beginnings = [f'"{mark}{term.beginning}" *' for mark in "012"] if term.beginning else []
    words = (
        f'"{" ".join(tokens)}"'
        for tokens in ([stems.russian for stems in term.words], [stems.kazakh for stems in term.words])
    )
    return _unique([*beginnings, *(words if term.words else ())])


def _tsquery_ways(term: Term) -> Iterable[str]:
    beginnings = [f"'{mark}{term.beginning}':*" for mark in "012"] if term.beginning else []
    words = (
        f"({' <-> '.join(tokens)})"
        for tokens in (
            [f"'{stems.russian}'" for stems in term.words],
            [f"'{stems.kazakh}'" for stems in term.words],
        )
    )
    return _unique([*beginnings, *(words if term.words else ())])


def _unique(ways: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ways))


_STEMS_EVERYWHERE = frozenset(word.stems for word in words_in(" ".join(_EVERYWHERE)))
