"""The states of minutes, of their documents and of a summary for the press, with their moves."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MinutesState(TextChoices):
    """draft → remarks → final. A version that a newer one took the place of is replaced or corrected."""

    DRAFT = "draft", pgettext_lazy("minutes", "Draft")
    REMARKS = "remarks", pgettext_lazy("minutes", "Open for remarks")
    FINAL = "final", pgettext_lazy("minutes", "Final")
    REPLACED = "replaced", pgettext_lazy("minutes", "Replaced by a newer draft")
    CORRECTED = "corrected", pgettext_lazy("minutes", "Corrected by a newer version")


MINUTES_MOVES: dict[str, frozenset[str]] = {
    MinutesState.DRAFT: frozenset({MinutesState.REMARKS, MinutesState.REPLACED}),
    MinutesState.REMARKS: frozenset({MinutesState.FINAL, MinutesState.REPLACED}),
    MinutesState.FINAL: frozenset({MinutesState.CORRECTED}),
    MinutesState.REPLACED: frozenset(),
    MinutesState.CORRECTED: frozenset(),
}
IN_PROGRESS = frozenset({MinutesState.DRAFT, MinutesState.REMARKS})
# What was once final stays readable to everybody, marked where a newer version corrects it.
PUBLIC_MINUTES = frozenset({MinutesState.FINAL, MinutesState.CORRECTED})


class MinutesAct(TextChoices):
    """What a person does with minutes and summaries."""

    READ_DRAFT = "read_draft", _("Read a draft")
    DRAFT = "draft", _("Draft the minutes")
    REDRAFT = "redraft", _("Make a new version")
    OPEN_FOR_REMARKS = "open_for_remarks", _("Open for remarks")
    ADD_REMARK = "add_remark", _("Add a remark")
    RESOLVE_REMARK = "resolve_remark", _("Resolve a remark")
    FINALISE = "finalise", _("Make final")
    CORRECT = "correct", _("Correct the final minutes")
    DRAFT_SUMMARY = "draft_summary", _("Draft the summary for the press")
    REDRAFT_SUMMARY = "redraft_summary", _("Edit the summary for the press")
    APPROVE_SUMMARY = "approve_summary", _("Approve the summary for the press")


class FreePart(TextChoices):
    """The parts of the minutes that a person writes; everything else is computed."""

    CHAIR = "chair", _("Chair (role and body)")
    SECRETARY = "secretary", _("Secretary (role and body)")
    OPENING = "opening", _("Opening words")
    DECISIONS = "decisions", _("Decisions")
    CONCLUSIONS = "conclusions", _("Conclusions")


class DocumentFormat(TextChoices):
    DOCX = "docx", "DOCX"
    PDF = "pdf", "PDF"


class DocumentStage(TextChoices):
    """A document of a draft says so on every page."""

    DRAFT = "draft", pgettext_lazy("document", "Draft")
    FINAL = "final", pgettext_lazy("document", "Final")


class RenderingState(TextChoices):
    WAITING = "waiting", pgettext_lazy("documents", "Being made")
    DONE = "done", pgettext_lazy("documents", "Ready")
    FAILED = "failed", pgettext_lazy("documents", "Could not be made")


class SummaryState(TextChoices):
    """draft → approved; a version that a newer one took the place of is replaced."""

    DRAFT = "draft", pgettext_lazy("summary", "Draft")
    APPROVED = "approved", pgettext_lazy("summary", "Approved")
    REPLACED = "replaced", pgettext_lazy("summary", "Replaced by a newer version")


SUMMARY_MOVES: dict[str, frozenset[str]] = {
    SummaryState.DRAFT: frozenset({SummaryState.APPROVED, SummaryState.REPLACED}),
    SummaryState.APPROVED: frozenset({SummaryState.REPLACED}),
    SummaryState.REPLACED: frozenset(),
}


class Outcome(StrEnum):
    """What became of a question: each is in exactly one, and they sum up to all that were asked."""

    ALOUD = "aloud"
    IN_TIME = "in_time"
    LATE = "late"
    NOT_DUE = "not_due"
    OVERDUE = "overdue"
    WAITING = "waiting"
    REFUSED = "refused"
    PASSED_ON = "passed_on"
    WITHDRAWN = "withdrawn"
