"""Addresses down to a house: a street named in Russian or Kazakh, with the number that follows it.

A street alone is no address of anybody; a house with a flat is surer than a house.
"""

import re
from collections.abc import Iterator

from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind

_NUMBER = r"[0-9]{1,4}(?:[ ]?[а-яА-Я](?![\w]))?(?:[/\-–][0-9]{1,4})?(?![0-9]|[.,][0-9])"
# What follows a number that is no house: a date, a count, an amount.
_NO_HOUSE = (
    r"(?![ \u00a0]?[-–]?[ ]?(?:%|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    r"қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|"
    r"год|лет|жыл|человек|адам|семе[йь]|отбас|дет|бала|дом(?:а|ов)\b|километр|км|метр|шақырым|час|сағат|"
    r"дн[яей]|күн|раз|рет|тысяч|мың|млн|млрд|миллион|тенге|теңге|тг|₸|процент|пайыз|школ|мектеп|"
    r"полос|ям[аыу]?\b|этап|столб|фонар|бағана|остановк|аялдама|светофор|бағдаршам|машин|жолақ|сторон|"
    r"(?:ой|ый|ий|ая|го|му|[йяе])\b))"
)
_FLAT_RU = r"(?:[,;]?[ ]{0,2}(?:кв(?:артир\w{1,2})?|оф(?:ис)?|комн?(?:ат\w)?)\.?[ ]?№?[ ]?([0-9]{1,4}))"
_BLOCK_RU = r"(?:[,;]?[ ]{0,2}(?:корп(?:ус)?|стр(?:оение)?|блок|подъезд)\.?[ ]?[0-9]{1,3}[а-яА-Я]?)"
_STREET_RU = re.compile(
    r"(?<![\w⋯])(?:ул\.|ул(?=[ ])|улиц[аеуыей]{1,2}|пр\.|пр-т\.?|пр-кт\.?|проспект\w{0,2}|просп\.|мкр-?н?\.?|"
    r"микрорайон\w{0,2}|м-н\.?|пер\.|переул\w{2,4}|бульвар\w{0,2}|б-р\.?|шоссе|тупик\w{0,2})[ ]{0,2}"
    r"(?:имени[ ]|им\.[ ]?)?[«\"]?(?:[0-9]{1,3}[-–]?[а-я]{0,3}[ ])?"
    r"[\w.\-–]{1,40}(?:[ ][\w.\-–]{1,40}){0,3}?[»\"]?(?:[,;]|[ ]|[,;][ ]{1,2})"
    rf"(?:(?:д(?:ом\w{{0,2}})?|уч(?:асток)?)\.?[ ]?№?[ ]?|№[ ]?)?{_NUMBER}{_NO_HOUSE}"
    rf"{_BLOCK_RU}?{_FLAT_RU}?",
    re.IGNORECASE,
)
_HOUSE_RU = re.compile(
    rf"(?<![\w⋯])д(?:ом)?\.?[ ]?№?[ ]?[0-9]{{1,4}}[а-яА-Я]?(?:/[0-9]{{1,3}})?{_BLOCK_RU}?{_FLAT_RU}",
    re.IGNORECASE,
)
# Microdistricts are numbered, and so are said the other way round: 5 мкр, 12 дом.
_MICRODISTRICT = re.compile(
    r"(?<![\w⋯])[0-9]{1,3}[ ]?[-–]?[ ]?(?:й[ ])?(?:мкр-?н?\.?|микрорайон\w{0,2}|м-н\.?|(?:шағын|ықшам)[ ]?"
    r"аудан\w{0,5}|ш/а|ы/а)[,;]?[ ]{1,2}(?:(?:д(?:ом)?\.?|үй)[ ]?№?[ ]?[0-9]{1,4}[а-яА-Я]?|"
    r"[0-9]{1,4}[а-яА-Я]?[ ]?[-–]?[ ]?(?:дом|үй)\w{0,6})"
    rf"{_FLAT_RU}?(?:[,;]?[ ]{{0,2}}([0-9]{{1,4}})[ ]?[-–]?[ ]?(?:кв|пәтер\w{{0,6}}))?",
    re.IGNORECASE,
)
_HOUSE_FIRST = re.compile(
    r"(?<![\w⋯])дом\w{0,2}[ ]?№?[ ]?[0-9]{1,4}[а-яА-Я]?[ ](?:по|на)[ ]"
    r"(?:ул\.|улице|пр\.|проспекту?е?|переулке?у?)[ ]?[\w.\-–]{2,40}",
    re.IGNORECASE,
)
# A name with a house and a flat, without the word street.
_NAMED_WITH_FLAT = re.compile(
    r"(?<![\w⋯])[А-ЯЁӘІҢҒҮҰҚӨҺ][а-яёәіңғүұқөһ\-]{2,30},?[ ]"
    r"(?:д(?:ом)?\.?[ ]?)?[0-9]{1,4}[а-я]?(?:/[0-9]{1,3})?[,;]?[ ]{1,2}"
    r"(?:кв(?:артир[аеыу])?\.?[ ]?№?[ ]?[0-9]{1,4}|[0-9]{1,4}[ ]?[-–]?[ ]?пәтер\w{0,6})"
    r"(?![0-9]|[ ][0-9]{4})"
)
_STREET_KK = re.compile(
    r"(?<![\w⋯])(?:көше(?:сі)?(?:нің|ндегі|нде|не|нен)?|к-сі(?:нің|нде|не)?|даңғыл(?:ы)?(?:ның|нда|на)?|д-лы|"
    r"тұйық(?:талған)?|тұйығы|(?:шағын|ықшам)[ ]?аудан(?:ы)?(?:ның|нда|на)?|ш/а|ы/а|бульвары)"
    rf"[ ]{{0,2}}[,;]?[ ]{{0,2}}(?:(?:үй(?:і)?)[ ]?[:№]?[ ]?|№[ ]?)?{_NUMBER}{_NO_HOUSE}"
    r"(?:[ ]?[-–]?[ ]?(?:ші|шы|інші|ыншы))?(?:[ ]?[-–]?[ ]?үй\w{0,6})?"
    r"(?:[,;]?[ ]{0,2}(?:([0-9]{1,4})[ ]?[-–]?[ ]?пәтер\w{0,6}|(?:пәтер|п\.)[ ]?№?[ ]?([0-9]{1,4})))?",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    r"(?:(?!(?:Мен|Біз|Ол|Менің|Біздің|Оның|Мекенжай\w*|Үй)[ ])"
    r"[«\"]?[A-ZА-ЯЁӘІҢҒҮҰҚӨҺ][\w.\-–]{0,40}[»\"]?[ ](?:(?:атындағы|батыр|би|хан|ақын)[ ])?){1,3}$"
)
_NAME_LONGEST = 130  # characters of a street's name before its word in Kazakh


def find_addresses(text: str) -> Iterator[Hit]:
    """Yield streets with a house (likely) and with a flat (sure)."""
    for pattern in (_STREET_RU, _HOUSE_RU, _MICRODISTRICT, _HOUSE_FIRST):
        for found in pattern.finditer(text):
            yield Hit(found.start(), found.end(), HitKind.ADDRESS, _certainty(found))
    for found in _NAMED_WITH_FLAT.finditer(text):
        yield Hit(found.start(), found.end(), HitKind.ADDRESS, Certainty.SURE)
    for found in _STREET_KK.finditer(text):
        offset = max(0, found.start() - _NAME_LONGEST)
        name = _NAME_BEFORE.search(text[offset : found.start()])
        if name:
            yield Hit(offset + name.start(), found.end(), HitKind.ADDRESS, _certainty(found))


def _certainty(found: re.Match[str]) -> Certainty:
    return Certainty.SURE if any(found.groups()) else Certainty.LIKELY
