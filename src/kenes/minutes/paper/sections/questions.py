"""The questions: how many came to what, and each with what became of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from kenes.core.moments import place_in_recording
from kenes.minutes.figures import OUTCOMES
from kenes.minutes.paper.blocks import (
    Block,
    Column,
    Line,
    Paragraph,
    Piece,
    Table,
    TableRow,
    lines_of,
    plain,
)
from kenes.minutes.paper.telling import Telling
from kenes.minutes.quotes import is_taken_out
from kenes.minutes.states import Outcome
from kenes.questions.states import AnswerForm, RefusalGround
from kenes.redaction.words import in_words

Row = Mapping[str, Any]


def questions(telling: Telling) -> Iterator[Block]:
    """Yield the tables."""
    words, rows = telling.words, telling.content["questions"]
    if not rows:
        yield Paragraph((plain(words("no_questions")),))
        return
    yield _outcomes(telling)
    columns = (Column(words("number"), 20), Column(words("question"), 37), Column(words("answer"), 43))
    yield Table(words("questions_caption"), columns, tuple(_row(telling, row) for row in rows))


def _outcomes(telling: Telling) -> Table:
    words, content = telling.words, telling.content
    kinds = [row["votes"] for row in content["questions"]]
    votes = words(
        "votes_all",
        confirmed=words.number(sum(kind["confirmed"] for kind in kinds)),
        guest=words.number(sum(kind["guest"] for kind in kinds)),
    )
    shown = [
        (words(f"outcome.{outcome}"), definition.key)
        for outcome, definition in OUTCOMES.items()
        if telling.figures[definition.key].value
    ]
    if telling.figures["questions.merged"].value:
        shown.append((words("merged_among"), "questions.merged"))
    rows = [
        TableRow(((plain(words("asked_all")),), ((telling.figure("questions.asked"),),))),
        *(TableRow(((plain(label),), ((telling.figure(key),),))) for label, key in shown),
        TableRow(((plain(votes),), ((telling.figure("questions.votes"),),))),
    ]
    columns = (Column(words("outcome"), 80), Column(words("how_many"), 20, is_number=True))
    caption = words("outcomes_caption", at=words.moment(content["as_of"]))
    return Table(caption, columns, tuple(rows), is_whole=True)


def _row(telling: Telling, row: Row) -> TableRow:
    words = telling.words
    href = f"{settings.PUBLIC_URL}/questions/{row['code']}/" if row["text"] else ""
    named = (
        (Piece(row["code"], href=href, is_strong=True),),
        plain(f"{telling.clock(row['at'])}, {words('asked_' + row['channel'])}"),
    )
    kind = (plain(words(f"asker_{row['asker']}")),) if row["asker"] else ()
    return TableRow(((*named, *kind), _question(telling, row), tuple(_fate(telling, row))), row["code"])


def _question(telling: Telling, row: Row) -> tuple[Line, ...]:
    words, votes = telling.words, row["votes"]
    language = "" if row["language"] == words.language else row["language"]
    text = (
        lines_of(in_words(row["text"], words.language), language)
        if row["text"]
        else (plain(words(_why_hidden(row))),)
    )
    told = words("votes", confirmed=words.number(votes["confirmed"]), guest=words.number(votes["guest"]))
    edited = (plain(f"({words('edited')})"),) if row["edited"] else ()
    return (*text, *edited, plain(told))


def _why_hidden(row: Row) -> str:
    if is_taken_out(row):
        return "text_taken_out"
    reasons = {Outcome.REFUSED: "text_hidden_refused", Outcome.WITHDRAWN: "text_hidden_withdrawn"}
    return reasons.get(row["outcome"], "text_hidden")


def _fate(telling: Telling, row: Row) -> Iterator[Line]:
    """Yield what became of a question: its answers, and what is still to come."""
    words = telling.words
    for answer in row["answers"]:
        yield from _answer(telling, answer)
    if row["merged_into"]:
        yield plain(words("is_merged", target=row["merged_into"]))
        return
    match row["outcome"]:
        case Outcome.NOT_DUE | Outcome.OVERDUE:
            yield from _assigned(telling, row)
        case Outcome.REFUSED:
            yield plain(words("is_refused", ground=words.label(RefusalGround(row["refusal"]))))
        case Outcome.PASSED_ON:
            yield plain(_passed_on(telling, row["passed_on"]))
        case Outcome.WITHDRAWN:
            yield plain(words("is_withdrawn"))
        case Outcome.WAITING:
            yield plain(words("is_waiting"))


def _answer(telling: Telling, answer: Row) -> Iterator[Line]:
    words = telling.words
    is_aloud = answer["form"] == AnswerForm.ALOUD
    by = ", ".join(filter(None, [answer["by"], telling.official(answer["unit"] or {}).text]))
    when = (
        _second(telling, answer["second"])
        if is_aloud
        else words("signed", at=words.on_date(words.local_day(answer["at"])))
    )
    head = Piece(f"{words('aloud' if is_aloud else 'written')}. ", is_strong=True)
    yield (head, Piece(by + (f" ({when})" if when else "") + ":"))
    text, language = words.official(answer["texts"])
    yield from lines_of(in_words(text, words.language), "" if language == words.language else language)


def _second(telling: Telling, second: int | None) -> str:
    return "" if second is None else telling.words("aloud_second", second=place_in_recording(second))


def _assigned(telling: Telling, row: Row) -> Iterator[Line]:
    words, unit = telling.words, telling.official(row["unit"] or {}).text
    if any(answer["form"] == AnswerForm.WRITTEN for answer in row["answers"]):
        yield plain(words("is_reopened"))
    if row["due"] is None:
        yield plain(words("is_assigned_undated", unit=unit))
        return
    overdue = f" ({words('overdue')})" if row["outcome"] == Outcome.OVERDUE else ""
    yield plain(words("is_assigned", unit=unit, due=words.on_date(row["due"])) + overdue)


def _passed_on(telling: Telling, passed_on: Row | None) -> str:
    words = telling.words
    if not passed_on:
        return words("is_passed_on_bare")
    return words("is_passed_on", number=passed_on["number"], on=words.on_date(passed_on["on"]))
