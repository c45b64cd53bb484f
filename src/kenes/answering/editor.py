"""The editor of an answer: the three languages side by side, as saved, as typed, or from a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.forms import BoundField, Form

from kenes.answering.forms import DraftForm
from kenes.answering.models import AnswerTemplate, DraftText, DraftVersion
from kenes.answering.queries import texts_of
from kenes.answering.rules import fill_template
from kenes.answering.states import TextStatus, WorkVerb
from kenes.answering.wording import values_for
from kenes.core.languages import LANGUAGES, in_languages
from kenes.organisations.models import Organisation
from kenes.questions.models import Question

if TYPE_CHECKING:
    from kenes.answering.pages import Refused

NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Column:
    """One language: its text as saved, its field if the person writes, what a collision left behind,
    and the field of a translation that was handed in and refused."""

    language: str
    name: str
    saved: DraftText | None
    field: BoundField | None
    theirs: str = ""
    handed: BoundField | None = None

    @property
    def status_words(self) -> str:
        """How the text stands, in words."""
        return str(TextStatus(self.saved.status).label) if self.saved else ""

    @property
    def may_ask(self) -> bool:
        """Whether a translation can be asked for here."""
        return self.saved is None or self.saved.status in {TextStatus.TRANSLATED, TextStatus.CHECKED}

    @property
    def waits_for_check(self) -> bool:
        """Whether a translation waits to be confirmed."""
        return self.saved is not None and self.saved.status == TextStatus.TRANSLATED

    @property
    def is_asked(self) -> bool:
        """Whether a translation is asked for."""
        return self.saved is not None and self.saved.status == TextStatus.ASKED


@dataclass(frozen=True, slots=True)
class Editor:
    """The version that stands, its columns, and the form if the person writes."""

    version: DraftVersion | None
    columns: Sequence[Column]
    form: Form | None

    @property
    def number(self) -> int:
        """The version's number; 0 where nothing is saved."""
        return self.version.number if self.version else 0

    @property
    def unchecked(self) -> str:
        """The languages whose translation nobody has confirmed yet, in words."""
        return ", ".join(column.name for column in self.columns if column.waits_for_check)


def editor_of(
    question: Question,
    latest: DraftVersion | None,
    forms: Mapping[str, Form],
    *,
    refused: "Refused | None",
    template: AnswerTemplate | None,
    unit: Organisation,
) -> Editor:
    """Return the editor: what was typed and refused before what a template says before what is saved."""
    texts = texts_of(latest)
    form: Form | None = None
    if refused is not None and refused.verb is WorkVerb.SAVE:
        form = refused.form
    elif WorkVerb.SAVE.value in forms:
        form = DraftForm(initial=_initial(question, latest, texts, template=template, unit=unit))
    theirs = texts_of(refused.latest) if refused else {}
    handed = refused.form if refused is not None and refused.verb is WorkVerb.FINISH_TRANSLATION else None
    columns = [
        Column(
            language=language,
            name=str(NAMES[language]),
            saved=texts.get(language),
            field=form[language] if form else None,
            theirs=theirs[language].text if language in theirs else "",
            handed=handed["text"] if handed and handed.data.get("language") == language else None,
        )
        for language in LANGUAGES
    ]
    return Editor(latest, columns, form)


def _initial(
    question: Question,
    latest: DraftVersion | None,
    texts: Mapping[str, DraftText],
    *,
    template: AnswerTemplate | None,
    unit: Organisation,
) -> dict[str, object]:
    initial: dict[str, object] = {"base": latest.number if latest else 0, "original": question.language}
    for language, row in texts.items():
        initial[language] = row.text
        if row.status == TextStatus.ORIGINAL:
            initial["original"] = language
    if template is not None:
        for language, text in in_languages(template, "text").items():
            initial[language] = fill_template(text, values_for(question, unit, language))
    return initial
