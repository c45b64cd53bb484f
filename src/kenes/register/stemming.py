"""Stems of Kazakh, Russian and English words, from words that are folded already.

People type Kazakh on Russian keyboards, so a text and a query can only agree after folding
(`kenes.core.folding`); the Kazakh rules below are therefore written in folded letters: ғ is г, қ к, ң н,
ө о, ұ and ү у, і и, ә а. What folding hides of a word's harmony is taken as undecided.

Source: the rules of agreement of suffixes with sound and voice of the stem, as school grammars of
Kazakh give them (vowel harmony; the choice of л/д/т, н/д/т, ғ/қ, м/б/п by the last sound).
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer

# A stem that lost so much would be anybody's.
SHORTEST_STEM = 3
# Suffixes of three letters and more are sure enough to leave a short stem: үйден, елдің.
SHORT_STEM, LONG_SUFFIX = 2, 3
REMEMBERED = 50_000

VOWELS = frozenset("аеиоуыэюя")
BACK, FRONT = frozenset("ыя"), frozenset("еэ")
VOICELESS = frozenset("пткшсщфхцчбвгд")  # б, в, г, д end loanwords, which take the hard suffixes
NASALS = frozenset("мн")
# Nouns of two letters that questions are full of: house, country, affair, name, meat, month, man, water.
SHORT_NOUNS = frozenset(("уй", "ел", "ис", "ат", "ет", "ай", "ер", "су"))
# After у and й both a vowel's and a consonant's suffix may stand.
SONORANTS = frozenset("лмнрйузж")
AFTER_VOWEL = VOWELS | {"у", "й"}


@dataclass(frozen=True, slots=True)
class Suffix:
    """A suffix in its two or more shapes, and the sounds (or endings) one of which it must follow."""

    shapes: tuple[str, ...]
    after: tuple[str, ...]
    has_harmony: bool = True


def _suffix(shapes: str, after: Iterable[str], *, has_harmony: bool = True) -> Suffix:
    return Suffix(tuple(shapes.split()), tuple(after), has_harmony)


_VOICED = SONORANTS | VOWELS
_CONSONANTS = frozenset("бвгджзйклмнпрстуфхцчшщ")
_THIRD = frozenset("ыи")  # «his, her»: a case after it begins with н
RELATIONAL = (
    _suffix("дагы деги", _VOICED),
    _suffix("тагы теги", VOICELESS),
    _suffix("ндагы ндеги", _THIRD),
)
CASES = (
    _suffix("нын нин", VOWELS | NASALS),
    _suffix("дын дин", _VOICED),
    _suffix("тын тин", VOICELESS),
    _suffix("га ге", _VOICED),
    _suffix("ка ке", VOICELESS),
    _suffix("на не", _THIRD),
    _suffix("ны ни", VOWELS),
    _suffix("ды ди", SONORANTS),
    _suffix("ты ти", VOICELESS),
    _suffix("н", _THIRD, has_harmony=False),
    _suffix("да де", _VOICED),
    _suffix("та те", VOICELESS),
    _suffix("нда нде", _THIRD),
    _suffix("дан ден", _VOICED),
    _suffix("тан тен", VOICELESS),
    _suffix("нан нен", NASALS | _THIRD),
    _suffix("мен", AFTER_VOWEL | frozenset("лмнр"), has_harmony=False),
    _suffix("бен", frozenset("зж"), has_harmony=False),
    _suffix("пен", VOICELESS, has_harmony=False),
)
POSSESSIVES = (
    _suffix("ымыз имиз ыныз иниз ым им ын ин ы и", _CONSONANTS),
    _suffix("мыз миз ныз низ", AFTER_VOWEL),
    # After other ы and и the с is the stem's: жұмыс-ы.
    _suffix("сы си", [*"аеоуэюя", "шы", "ши", "акы"]),
    _suffix("м", "ае", has_harmony=False),
)
PLURALS = (
    _suffix("лар лер", AFTER_VOWEL | {"р"}),
    _suffix("дар дер", frozenset("лмнзж")),
    _suffix("тар тер", VOICELESS),
)
VERBAL = (
    # Without -амыз, -емиз, -асыз, -есиз: біздің балабақшамыз is asked about more often than біз барамыз.
    _suffix("атын етин ады еди", _CONSONANTS),
    _suffix("йтын йтин йды йди ймыз ймиз йсыз йсиз", VOWELS),
    _suffix("ган ген", _VOICED),
    _suffix("кан кен", VOICELESS),
    _suffix("ып ип", _CONSONANTS),
    _suffix("у", _CONSONANTS | VOWELS, has_harmony=False),
)
# From the end of the word inwards; of each layer a word has one at most. A participle ends a word, or
# takes a noun's endings.
LAYERS = (VERBAL, RELATIONAL, CASES, POSSESSIVES, PLURALS, VERBAL)
# Nouns whose own last sounds look like a suffix, whatever stands behind them.
WHOLE = (
    *("адам", "аким", "алтын", "аудан", "билим", "болим", "гылым", "егин", "жетим", "жиын", "заман", "калам"),
    *("касип", "келисим", "когам", "курылым", "мугедег", "ойын", "отбасы", "отын", "салем", "тамыз", "тенге"),
    *("тургын", "уйым", "шешим"),
)
# The stem's last sound gives way before a vowel: кітап, кітабы; бөлік, бөлігі.
_SOFTENED = {"б": "п", "г": "к"}
# Nouns whose last vowel falls out before one: халық, халқы.
_CONTRACTED = {
    "халк": "халык",
    "орн": "орын",
    "мурн": "мурын",
    "ерн": "ерин",
    "мойн": "мойын",
    "ауз": "ауыз",
}


def kazakh_stem(word: str) -> str:
    """Return the stem of a folded Kazakh word."""
    before = ""
    while word != before:  # a stem is its own stem, whatever number of suffixes a form has
        before = word
        for layer in LAYERS:
            word = _stripped(word, layer)
        word = _CONTRACTED.get(word, word)
        word = word[:-1] + _SOFTENED.get(word[-1:], word[-1:])
    return word


def _stripped(word: str, layer: tuple[Suffix, ...]) -> str:
    """Take the longest suffix of the layer that fits off the word."""
    whole = max((len(noun) for noun in WHOLE if word.startswith(noun)), default=0)
    fitting = [
        shape for suffix in layer for shape in _fitting(word, suffix) if len(word) - len(shape) >= whole
    ]
    return word[: -len(max(fitting, key=len))] if fitting else word


def _fitting(word: str, suffix: Suffix) -> Iterator[str]:
    for shape in suffix.shapes:
        stem = word[: -len(shape)]
        if (
            word.endswith(shape)
            and stem.endswith(suffix.after)
            and _is_long_enough(stem, shape)
            and (not suffix.has_harmony or _agrees(stem, shape))
        ):
            yield shape


def _is_long_enough(stem: str, shape: str) -> bool:
    if VOWELS.isdisjoint(stem):
        return False
    if stem in SHORT_NOUNS:
        return True
    is_closed = len(shape) > 1 and stem[0] in VOWELS and stem[-1] not in VOWELS  # ел-ге, үй-де
    return len(stem) >= (SHORT_STEM if len(shape) >= LONG_SUFFIX or is_closed else SHORTEST_STEM)


def _agrees(stem: str, shape: str) -> bool:
    """Say whether the suffix is of the stem's harmony: hard with hard, soft with soft."""
    is_back = not BACK.isdisjoint(shape) or "а" in shape
    harmony = _is_back(stem)
    return harmony is None or harmony == is_back


def _is_back(stem: str) -> bool | None:
    """Say whether the stem is hard, by its last vowel that tells; None where folding has hidden it.

    А tells except in the first syllable, where it may have been ә, and before a last и, which may have
    been і (мұғалім); и, о, у tell nothing.
    """
    first = next((place for place, letter in enumerate(stem) if letter in VOWELS), 0)
    last = next((letter for letter in reversed(stem) if letter in VOWELS), "")
    for place in range(len(stem) - 1, -1, -1):
        letter = stem[place]
        if letter in FRONT:
            return False
        if letter in BACK or (letter == "а" and place > first):
            return None if letter == "а" and last == "и" else True
    return None


class _Snowball(threading.local):
    """Stemmers of a thread: they keep a word while they work on it."""

    def __init__(self) -> None:
        self.russian = stemmer("russian")
        self.english = stemmer("english")


_snowball = _Snowball()


def russian_stem(word: str) -> str:
    """Return the stem of a folded Russian word."""
    return str(_snowball.russian.stemWord(word))


def english_stem(word: str) -> str:
    """Return the stem of a folded English word."""
    return str(_snowball.english.stemWord(word))


@dataclass(frozen=True, slots=True)
class Stems:
    """What a word is searched by: `plain` for Latin letters and digits, else its Russian and Kazakh stems.

    A word of Cyrillic letters has both: what language a text says it is in is often wrong, and one
    sentence often mixes the two. The marks 0, 1, 2 keep the three apart.
    """

    russian: str
    kazakh: str

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens, each once."""
        return (self.russian,) if self.russian == self.kazakh else (self.russian, self.kazakh)


@lru_cache(maxsize=REMEMBERED)
def stems_of(word: str) -> Stems:
    """Return the stems of a folded word, marked."""
    if "а" <= word[0] <= "ӿ" or "ѐ" <= word[0] <= "џ":
        return Stems(f"1{russian_stem(word)}", f"2{kazakh_stem(word)}")
    plain = f"0{english_stem(word)}"
    return Stems(plain, plain)
