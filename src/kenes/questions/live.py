"""Adapts questions for the engine: writers of the room's acts, readers of its rows, its pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from kenes.core.errors import InvalidInput
from kenes.live.contracts import Act, Change, Claim, FeedChange, Gone, Json, Result, Room, Stream
from kenes.live.rows import rows_changed
from kenes.questions.actions import ask_questions, cast_votes, withdraw_votes
from kenes.questions.models import Question
from kenes.questions.queries import PAGE_SIZE, Order, own_questions, own_votes, page_of, staged_of
from kenes.questions.receipts import secret_of
from kenes.questions.rows import Row, companions_of, counts_of, listed_row, own_row, question_row
from kenes.questions.rules import clean_asked
from kenes.record.receipts import sign_receipt


class AskWriter:
    """Takes questions of the room."""

    name = "ask"

    def parse(self, body: Json) -> Json:
        return clean_asked(body)

    def commit(self, acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> Sequence[Result]:
        return ask_questions(acts, feeds)

    def present(self, body: Json) -> Json:
        """Put the receipt's secret, which is never kept, where the internal id was, and sign the receipt."""
        shown = {name: value for name, value in body.items() if name not in {"id", "leaf", "at"}}
        if "id" in body:
            shown["secret"] = secret_of(body["id"])
        if "leaf" in body:
            at = datetime.fromisoformat(body["at"])
            shown["receipt"] = sign_receipt(code=body["code"], leaf=body["leaf"], at=at).as_json()
        return shown


class VoteWriter:
    """Takes votes."""

    name = "vote"

    def parse(self, body: Json) -> Json:
        return {}

    def commit(self, acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> Sequence[Result]:
        return cast_votes(acts, feeds)

    def present(self, body: Json) -> Json:
        return body


class UnvoteWriter(VoteWriter):
    """Takes votes back."""

    name = "unvote"

    def commit(self, acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> Sequence[Result]:
        return withdraw_votes(acts, feeds)


class QuestionReader:
    """Questions of a feed: one query for the rows, and one for each table beside them that is needed."""

    type = "question"
    model = Question

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        related = ["participant", "merged_into"]
        rows = rows_changed(Question, feed_id, since=since, stream=stream, using=using, beside=related)
        found = list(rows)
        beside = companions_of(
            (row for row, is_on in found if is_on), using=using, with_reasons=stream is Stream.DESK
        )
        for row, is_on in found:
            if is_on:
                yield Change(self.type, row.code, row.version, question_row(row, beside, stream=stream))
            else:
                into = row.merged_into.code if row.merged_into else None
                yield Gone(self.type, row.code, row.version, into)


class CountsReader:
    """The room's counts, told anew when a question they count has changed."""

    type = "counts"
    model = Question

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        version, counts = counts_of(feed_id, stream=stream, using=using)
        if version > since:
            rows = Question.objects.using(using).filter(feed_id=feed_id)
            code = rows.values_list("meeting__code", flat=True)[:1].get()
            yield Change(self.type, code, version, counts)


def snapshot_questions(room: Room, *, stream: Stream, using: str, size: int = PAGE_SIZE) -> Row:
    """Return the questions' part of a snapshot: `counts`, `stage`, `rows` by code, `orders`.

    A constant number of queries; the rows are those of both first pages and the one on stage.
    """
    pages = {
        order: page_of(room.feed_id, order=order, after="", stream=stream, using=using, size=size)
        for order in Order
    }
    staged = staged_of(room.feed_id, using=using)
    union = {question.code: question for page in pages.values() for question in page.questions}
    if staged is not None:
        union[staged.code] = staged
    beside = companions_of(union.values(), using=using, with_reasons=stream is Stream.DESK)
    version, counts = counts_of(room.feed_id, stream=stream, using=using)
    return {
        "counts": {"code": room.code, "version": version, **counts},
        "stage": staged and staged.code,
        "rows": {code: listed_row(question, beside, stream=stream) for code, question in union.items()},
        "orders": {
            order.value: {"codes": [question.code for question in page.questions], "after": page.after}
            for order, page in pages.items()
        },
    }


def question_page(
    room: Room, *, order: str, after: str, stream: Stream, using: str, size: int = PAGE_SIZE
) -> Row:
    """Return the next page of an order: `order`, `rows`, `after`. Raises: CursorUnknown, InvalidInput."""
    if order not in list(Order):
        raise InvalidInput
    page = page_of(room.feed_id, order=Order(order), after=after, stream=stream, using=using, size=size)
    beside = companions_of(page.questions, using=using, with_reasons=stream is Stream.DESK)
    rows = [listed_row(question, beside, stream=stream) for question in page.questions]
    return {"order": order, "rows": rows, "after": page.after}


def own_part(claim: Claim, *, using: str) -> dict[str, Any]:
    """Return a participant's own: `questions` in all states, the newest first, and `votes` as codes."""
    questions = list(own_questions(claim.participant_id, using=using))
    beside = companions_of(questions, using=using, with_reasons=True)
    votes = own_votes(claim.participant_id, using=using).values_list("question__code", flat=True)
    return {"questions": [own_row(question, beside) for question in questions], "votes": list(votes)}
