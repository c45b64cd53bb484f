"""Writing an answer: versions, translations and their status, comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kenes.accounts.models import User
from kenes.answering.actions.waiting import tell_next
from kenes.answering.actions.work import Act, Work, note, void_clearances, working
from kenes.answering.errors import DraftConflict, NothingToCheck, TranslationNotAsked
from kenes.answering.models import Comment, Draft, DraftText, DraftVersion
from kenes.answering.queries import texts_of
from kenes.answering.rules import clean_comment, clean_texts, status_of_text
from kenes.answering.states import TextStatus, WorkVerb
from kenes.questions.models import Question
from kenes.questions.rules import clean_language


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What is saved: texts by language, and the language it was written in first."""

    texts: Mapping[str, str]
    original: str


def save_draft(
    question: Question, *, words: DraftWords, base: int, by: User | None, at: datetime
) -> DraftVersion:
    """Save a new version over version `base` (0: none yet); what was cleared before is void.

    Unchanged words make no new version. Raises: DraftConflict (with the version that stands),
    TextTooShort, TextTooLong, TextUnreadable, LanguageUnknown, NotNow, WorkNotOpen.
    """
    texts = clean_texts(words.texts, original=words.original)
    with working(question, Act(WorkVerb.SAVE, by, at)) as work:
        return _save(work, texts, original=words.original, base=base)


def finish_translation(
    question: Question, *, language: str, text: str, base: int, by: User | None, at: datetime
) -> DraftVersion:
    """Hand in a translation that was asked for, as a new version over version `base`.

    Raises: TranslationNotAsked, DraftConflict, TextTooShort, TextTooLong, TextUnreadable, NotNow,
    WorkNotOpen.
    """
    translated = clean_texts({language: text}, original=language)
    with working(question, Act(WorkVerb.FINISH_TRANSLATION, by, at)) as work:
        before = texts_of(work.latest)
        if language not in before or before[language].status != TextStatus.ASKED:
            raise TranslationNotAsked
        texts = {row.language: row.text for row in before.values() if row.text} | translated
        return _save(work, texts, original=_original_of(before), base=base, finished=language)


def ask_translation(
    question: Question, *, language: str, version: int, by: User | None, at: datetime
) -> DraftText:
    """Ask the unit's translators for the version's text in another language.

    What is there of it stays until the translation is handed in. Raises: VersionChanged, DraftIsEmpty,
    LanguageUnknown, NotNow, WorkNotOpen.
    """
    clean_language(language)
    with working(question, Act(WorkVerb.ASK_TRANSLATION, by, at)) as work:
        held = work.version(version)
        texts = texts_of(held)
        found = texts.get(language)
        if found is not None and found.status == TextStatus.ORIGINAL:
            raise NothingToCheck
        row, _made = DraftText.objects.update_or_create(
            version=held, language=language, defaults={"status": TextStatus.ASKED, "by": by, "at": at}
        )
        voided = void_clearances(work)
        note(work, "ask_translation", detail={"language": language, "version": version, "voided": voided})
    return row


def check_translation(
    question: Question, *, language: str, version: int, by: User | None, at: datetime
) -> DraftText:
    """Confirm that a translation says what the original says.

    Raises: NothingToCheck, VersionChanged, DraftIsEmpty, NotNow, WorkNotOpen.
    """
    with working(question, Act(WorkVerb.CHECK_TRANSLATION, by, at)) as work:
        row = texts_of(work.version(version)).get(language)
        if row is None or row.status != TextStatus.TRANSLATED:
            raise NothingToCheck
        row.status, row.by, row.at = TextStatus.CHECKED, by, at
        row.save(update_fields=["status", "by", "at"])
        note(work, "check_translation", detail={"language": language, "version": version})
    return row


def add_comment(question: Question, *, text: str, by: User | None, at: datetime) -> Comment:
    """Leave a remark for the unit. Raises: TextTooShort, TextTooLong, TextUnreadable, NotNow, WorkNotOpen."""
    cleaned = clean_comment(text)
    with working(question, Act(WorkVerb.COMMENT, by, at)) as work:
        comment = Comment.objects.create(assignment=work.assignment, text=cleaned, by=by, at=at)
        note(work, "comment_on_draft", detail={})
    return comment


def _save(
    work: Work, texts: Mapping[str, str], *, original: str, base: int, finished: str = ""
) -> DraftVersion:
    latest = work.latest
    if latest is not None and latest.number != base:
        raise DraftConflict(latest=latest)
    before = {language: (row.text, row.status) for language, row in texts_of(latest).items()}
    after = _texts_after(texts, original=original, before=before, finished=finished)
    if latest is not None and after == before:
        return latest
    version = _new_version(work, number=base + 1 if latest else 1)
    by, at = work.act.by, work.act.at
    rows = [
        DraftText(version=version, language=language, text=text, status=status, by=by, at=at)
        for language, (text, status) in after.items()
    ]
    DraftText.objects.bulk_create(rows)
    voided = void_clearances(work)
    detail = {"version": version.number, "languages": sorted(after), "voided": voided}
    note(work, "save_draft", detail=detail)
    if voided or finished:
        # What was cleared waits for its first step again; what waited for its translation can be cleared.
        tell_next(work, version)
    return version


def _texts_after(
    texts: Mapping[str, str], *, original: str, before: Mapping[str, tuple[str, str]], finished: str
) -> dict[str, tuple[str, str]]:
    first = (original, texts[original])
    after: dict[str, tuple[str, str]] = {
        language: (text, status_of_text(language, text, original=first, before=before).value)
        for language, text in texts.items()
    }
    # A translation that was asked for and is not there yet stays asked for.
    for language, (text, status) in before.items():
        is_waiting = status == TextStatus.ASKED and language not in (original, finished)
        if is_waiting and texts.get(language, "") == text:
            after[language] = (text, TextStatus.ASKED.value)
    return after


def _new_version(work: Work, *, number: int) -> DraftVersion:
    draft, _made = Draft.objects.get_or_create(assignment=work.assignment, defaults={"at": work.act.at})
    return DraftVersion.objects.create(draft=draft, number=number, by=work.act.by, at=work.act.at)


def _original_of(texts: Mapping[str, DraftText]) -> str:
    return next(row.language for row in texts.values() if row.status == TextStatus.ORIGINAL)
