"""The pages of minutes put together: a version, its acts, documents, remarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenes.accounts.rules import AnyUser
from kenes.core.languages import LANGUAGES
from kenes.minutes.access import has_approved_summary, has_final_minutes
from kenes.minutes.figures import Figure
from kenes.minutes.forms import ReasonForm, RemarkForm, ResolutionForm
from kenes.minutes.models import Document, Minutes, Remark, Rendering, Summary
from kenes.minutes.paper.blocks import Paper
from kenes.minutes.paper.making import paper_of, places_of
from kenes.minutes.paper.words import Words
from kenes.minutes.press.telling import SummaryTold, told
from kenes.minutes.queries.versions import documents_of, remarks_of, rendering_of, summaries_of, versions_of
from kenes.minutes.rules import is_public, may
from kenes.minutes.states import IN_PROGRESS, MinutesAct, MinutesState, SummaryState
from kenes.programme.models import Meeting
from kenes.redaction.words import in_words
from kenes.rooms.papers import PaperLink


@dataclass(frozen=True, slots=True)
class RemarkShown:
    """A remark with the words of its place; `form` where it can be resolved."""

    remark: Remark
    place: str
    form: ResolutionForm | None


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version in the list, and the number of the one it can be compared with."""

    minutes: Minutes
    before: int | None


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """What the template shows; acts that are None are not offered."""

    meeting: Meeting
    minutes: Minutes
    state_label: str
    paper: Paper
    documents: Sequence[Document]
    rendering: Rendering | None
    versions: Sequence[VersionShown]
    remarks: Sequence[RemarkShown]
    remark_form: RemarkForm | None
    correction_form: ReasonForm | None
    may_edit: bool
    may_open: bool
    may_finalise: bool
    is_staff: bool
    newer_final: int | None


def minutes_page(minutes: Minutes, user: AnyUser, *, on: date) -> MinutesPage:
    """Return the page of a version for a reader."""
    meeting, language = minutes.meeting, get_language() or "kk"
    reads = may(user, MinutesAct.READ_DRAFT, meeting, on=on)
    writes = may(user, MinutesAct.REDRAFT, meeting, on=on)
    state, versions = minutes.state, list(versions_of(meeting))
    is_open = any(version.state in IN_PROGRESS for version in versions)
    final = next((one for one in versions if one.state == MinutesState.FINAL), None)
    takes_remarks = reads and state == MinutesState.REMARKS
    places = places_of(minutes, language)
    return MinutesPage(
        meeting=meeting,
        minutes=minutes,
        state_label=str(MinutesState(state).label),
        paper=paper_of(minutes, language),
        documents=sorted(documents_of(minutes), key=lambda one: (LANGUAGES.index(one.language), one.format)),
        rendering=rendering_of(minutes),
        versions=_versions([one for one in versions if reads or is_public(one)]),
        remarks=_remarks(meeting, places, resolves=writes) if reads else [],
        remark_form=RemarkForm(places=places) if takes_remarks else None,
        correction_form=ReasonForm() if writes and state == MinutesState.FINAL and not is_open else None,
        may_edit=writes and state in IN_PROGRESS,
        may_open=writes and state == MinutesState.DRAFT,
        may_finalise=writes and state == MinutesState.REMARKS,
        is_staff=reads,
        newer_final=final.version if final and final.version > minutes.version else None,
    )


def _versions(shown: list[Minutes]) -> list[VersionShown]:
    before = [one.version for one in shown[1:]]
    return [VersionShown(one, older) for one, older in zip(shown, [*before, None], strict=True)]


def _remarks(meeting: Meeting, places: dict[str, str], *, resolves: bool) -> list[RemarkShown]:
    return [
        RemarkShown(
            remark,
            places.get(remark.place, remark.place),
            ResolutionForm(auto_id=f"{remark.public_id}_%s")
            if resolves and remark.resolved_at is None
            else None,
        )
        for remark in remarks_of(meeting)
    ]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A record behind a number: its text, in its own language where the reader's lacks it."""

    code: str
    text: str
    language: str
    href: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A number, its definition and the records behind it."""

    key: str
    words: str
    told: str
    rows: Sequence[FigureRow]
    back: str


def figure_page(figure: Figure, *, zone: str, back: str) -> FigurePage:
    """Return the page of a number; `back` leads to what tells it."""
    words = Words(get_language() or "kk", zone)
    told = (
        words("not_recorded") if figure.value is None else words.counted(figure.value, figure.definition.noun)
    )
    rows = []
    for row in figure.rows:
        text, language = words.official(row["texts"])
        rows.append(FigureRow(row["code"], in_words(text), language, row["path"]))
    return FigurePage(figure.key, str(figure.definition.words), told, rows, back)


def minutes_address(meeting: Meeting, version: int | None = None) -> str:
    """Return the address of the minutes, or of one version of them."""
    if version is None:
        return reverse("minutes:minutes", args=[meeting.code])
    return reverse("minutes:version", args=[meeting.code, version])


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """A version of the summary for a reader; acts that are not theirs are not offered."""

    meeting: Meeting
    summary: Summary
    state_label: str
    told: SummaryTold
    versions: Sequence[Summary]
    may_edit: bool
    may_approve: bool
    is_staff: bool


def summary_page(summary: Summary, user: AnyUser, *, on: date) -> SummaryPage:
    """Return the page of a version of the summary."""
    meeting = summary.meeting
    reads = may(user, MinutesAct.READ_DRAFT, meeting, on=on)
    writes = may(user, MinutesAct.REDRAFT_SUMMARY, meeting, on=on)
    versions = list(summaries_of(meeting)) if reads else []
    is_newest = not versions or versions[0].version == summary.version
    return SummaryPage(
        meeting=meeting,
        summary=summary,
        state_label=str(SummaryState(summary.state).label),
        told=told(summary, get_language() or "kk"),
        versions=versions,
        may_edit=writes and is_newest,
        may_approve=writes and summary.state == SummaryState.DRAFT,
        is_staff=reads,
    )


def summary_address(meeting: Meeting, version: int | None = None) -> str:
    """Return the address of the summary, or of one version of it."""
    if version is None:
        return reverse("minutes:summary", args=[meeting.code])
    return reverse("minutes:summary-version", args=[meeting.code, version])


def published_papers(meeting: Meeting) -> list[PaperLink]:
    """Return the final minutes and the approved summary for the meeting's own page."""
    links = []
    if has_final_minutes(meeting):
        links.append(PaperLink(_("Minutes"), minutes_address(meeting)))
    if has_approved_summary(meeting):
        links.append(PaperLink(_("Summary for the press"), summary_address(meeting)))
    return links
