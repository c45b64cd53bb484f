"""The paper in three languages, and its files."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from django.contrib.staticfiles import finders
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import NOON, a_meeting
from kenes.files.models import Upload
from kenes.minutes import actions
from kenes.minutes.actions.documents import RETRY_PAUSES
from kenes.minutes.exports import as_docx, as_pdf
from kenes.minutes.figures import OUTCOMES, figures_of
from kenes.minutes.models import Document, Minutes, Rendering
from kenes.minutes.paper.blocks import Block, Paper, Piece, Table, text_of
from kenes.minutes.paper.making import paper_of, places_of
from kenes.minutes.queries import content_of
from kenes.minutes.states import Outcome
from kenes.minutes.tasks import make_documents
from kenes.programme.models import Meeting
from kenes.questions.models import Answer, Question
from kenes.questions.states import QuestionState, RefusalGround
from kenes.record.models import Leaf
from kenes.record.witnesses import problems_of_rows
from minutes.happenings import ABUSE, LATER, SECRET_NAME, a_written_answer, raw_questions
from minutes.papers import needs_pango, words_of_docx, words_of_pdf

LANGUAGES = ["kk", "ru", "en"]
TEXTS = {"decisions": {"ru": "1. Открыть центр."}, "chair": {"kk": "Комитет төрағасы", "ru": "Председатель"}}
MANY_AT_ONCE = sorted(set(QuestionState.values) - {QuestionState.STAGED, QuestionState.MERGED})


def a_version(meeting: Meeting, **fields: object) -> Minutes:
    values = {"version": 1, "state": "draft", "texts": TEXTS, "digest": "0123456789abcdef" * 4, **fields}
    values.setdefault("content", content_of(meeting, at=LATER))
    return Minutes(meeting=meeting, **values)


def table(paper: Paper, caption: str) -> Table:
    return next(block for block in paper.blocks if is_table(block, caption))  # type: ignore[return-value]


def is_table(block: Block, caption: str) -> bool:
    return isinstance(block, Table) and block.caption.startswith(caption)


def cells(block: Table) -> list[list[str]]:
    return [[text_of(cell) for cell in row.cells] for row in block.rows]


def in_russian(ground: RefusalGround) -> str:
    with translation.override("ru"):
        return str(ground.label)


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def words_of(paper: Paper) -> str:
    lines = []
    for block in paper.blocks:
        for name in ("lines", "items"):
            lines += [text_of([line]) for line in getattr(block, name, ())]
        if isinstance(block, Table):
            lines += [cell for row in cells(block) for cell in row]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("language", "title", "subtitle", "date"),
    [
        ("kk", "ХАТТАМА № AKM-1", "«Жастар семинары» тақырыбындағы", "2021 жылғы 18 ақпан, бейсенбі"),
        ("ru", "ПРОТОКОЛ № AKM-1", "на тему «Семинар о молодёжи»", "четверг, 18 февраля 2021 г."),
        ("en", "MINUTES No. AKM-1", "on “Youth seminar”", "Thursday, 18 February 2021"),
    ],
)
def test_the_head_says_what_was_held_when(
    meeting: Meeting, language: str, title: str, subtitle: str, date: str
) -> None:
    paper = paper_of(a_version(meeting), language)
    assert (paper.title, paper.date) == (title, date)
    assert subtitle in text_of([paper.subtitle])


def test_the_agenda_stands_as_planned_and_as_followed(meeting: Meeting) -> None:
    rows = cells(table(paper_of(a_version(meeting), "ru"), "Повестка дня"))
    assert rows == [
        ["1", "Report", "Председатель Комитета, Directorate", "12:00–12:30", "12:02–12:37"],
        ["2", "Questions", "", "12:30–13:30", "12:37–13:41"],
        ["3", "Dropped", "", "13:30–13:40", "не рассматривался"],
    ]


def test_a_question_stands_with_its_votes_and_what_became_of_it(meeting: Meeting) -> None:
    rows = cells(table(paper_of(a_version(meeting), "ru"), "Вопросы по порядку"))
    assert rows[0] == [
        "AKM-1-0001\n12:40, из зала\nгость",
        "Орталық қашан ашылады?\nголоса: подтверждённых 0, гостевых 1",
        "Ответ устно. Комитет төрағасы (место в записи 12:34):\nОрталық наурызда ашылады.",
    ]
    assert [row[2] for row in rows[1:]] == [
        "Письменный ответ поручен: Directorate. Срок: 12 марта 2021 г.",
        "Письменный ответ поручен: Directorate. Срок: 12 марта 2021 г.",
        f"Отказано. Основание: {in_russian(RefusalGround.NOT_A_QUESTION)}.",
        f"Отказано. Основание: {in_russian(RefusalGround.ABUSE)}.",
        "Отозван автором.",
    ]


def test_what_came_on_another_day_says_which(meeting: Meeting) -> None:
    Question.objects.filter(code="AKM-1-0001").update(asked_at=NOON - timedelta(days=9))
    rows = cells(table(paper_of(a_version(meeting), "ru"), "Вопросы по порядку"))
    assert [row[0].splitlines()[1] for row in rows[:2]] == [
        "9 февраля 2021 г., 12:00, из зала",
        "12:40, из зала",
    ]


def test_what_is_overdue_says_so_wherever_its_day_stands(meeting: Meeting) -> None:
    at = LATER + timedelta(days=60)
    paper = paper_of(a_version(meeting, content=content_of(meeting, at=at)), "ru")
    answers = [row[2] for row in cells(table(paper, "Вопросы по порядку"))[1:3]]
    days = [row[2] for row in cells(table(paper, "Кто отвечает письменно"))]
    assert [told.endswith("12 марта 2021 г. (просрочен)") for told in (*answers, *days)] == [True] * 4


def test_a_reopened_question_says_so(meeting: Meeting) -> None:
    question = Question.objects.get(code="AKM-1-0002")
    a_written_answer(question, unit=meeting.host)
    Question.objects.filter(pk=question.pk).update(state="assigned")
    told = cells(table(paper_of(a_version(meeting), "ru"), "Вопросы по порядку"))[1][2]
    assert "Вопрос открыт вновь.\nПисьменный ответ поручен: Directorate." in told


def test_the_page_knows_the_width_of_every_column(meeting: Meeting) -> None:
    raw = {
        column.width
        for block in paper_of(a_version(meeting), "kk").blocks
        if isinstance(block, Table)
        for column in block.columns
    }
    style = Path(str(finders.find("minutes/minutes.css"))).read_text(encoding="utf-8")
    assert [width for width in sorted(raw) if f".paper-col-{width} {{" not in style] == []


def test_a_text_in_another_language_names_it(meeting: Meeting) -> None:
    row = table(paper_of(a_version(meeting), "ru"), "Вопросы по порядку").rows[0]
    assert [line[0].language for line in row.cells[1]] == ["kk", ""]


def test_a_written_part_that_a_language_lacks_is_told_in_the_one_it_has(meeting: Meeting) -> None:
    kk, ru = (words_of(paper_of(a_version(meeting), language)) for language in ("kk", "ru"))
    assert "1. Открыть центр.\n(орыс тілінде ғана)" in kk
    assert ("1. Открыть центр." in ru, "только на" in ru) == (True, False)


def test_what_was_not_recorded_is_said(db: None) -> None:
    words = words_of(paper_of(a_version(a_meeting()), "ru"))
    assert "Число одновременно открытых экранов не записывалось." in words
    assert "Опросы на этой площадке не записываются." in words
    assert "Вопросов не задавали." in words
    assert "В зал встречи на этой площадке никто не входил." in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_that_it_is_one_and_final_minutes_do_not(meeting: Meeting, language: str) -> None:
    marks = [paper_of(a_version(meeting, state=state), language).mark for state in ("draft", "final")]
    assert marks == [{"kk": "ЖОБА", "ru": "ПРОЕКТ", "en": "DRAFT"}[language], ""]


def test_every_place_of_the_paper_may_have_a_remark(meeting: Meeting) -> None:
    places = places_of(a_version(meeting), "ru")
    assert [places["agenda"], places["AKM-1-0006"]] == ["ПОВЕСТКА ДНЯ", "AKM-1-0006"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_hidden_is_on_paper(meeting: Meeting, language: str) -> None:
    words = words_of_docx(as_docx(paper_of(a_version(meeting), language)))
    assert (SECRET_NAME in words, ABUSE in words) == (False, False)


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(st.sampled_from(MANY_AT_ONCE), min_size=1, max_size=20), place=st.integers(0, 2))
def test_the_numbers_on_paper_are_those_of_the_queries(states: list[str], place: int) -> None:
    meeting = Meeting.objects.first() or a_meeting()
    Answer.objects.all().delete()
    Question.objects.all().delete()
    raw_questions(meeting, states)
    paper = paper_of(a_version(meeting), "ru")
    rows = dict(cells(table(paper, "Итоги рассмотрения вопросов")))
    asked = Question.objects.filter(meeting=meeting)
    assert rows["Всего задано"] == str(asked.count())
    assert rows.get("отказано в ответе", "0") == str(asked.filter(state="refused").count())
    assert rows.get("отозваны авторами", "0") == str(asked.filter(state="withdrawn").count())
    assert rows.get("дан устный ответ", "0") == str(asked.filter(state="answered").count())
    summed = [int(number) for label, number in list(rows.items())[1:-1]]
    assert sum(summed) == asked.count()
    told = re.findall(r"AKM-1-\d{4}", words_of_docx(as_docx(paper)))
    assert set(told) == set(asked.values_list("code", flat=True))


def test_every_outcome_is_a_figure_and_they_sum_up(meeting: Meeting) -> None:
    figures = figures_of(content_of(meeting, at=LATER))
    assert set(OUTCOMES) == set(Outcome)
    outcomes = [figures[definition.key].value for definition in OUTCOMES.values()]
    assert sum(number or 0 for number in outcomes) == figures["questions.asked"].value == 6
    listed = [figure for key, figure in figures.items() if figure.rows and key != "questions.votes"]
    assert [figure.key for figure in listed if figure.value != len(figure.rows)] == []


@pytest.mark.parametrize(("language", "locale"), [("kk", "kk-KZ"), ("ru", "ru-RU"), ("en", "en-GB")])
def test_a_docx_has_a_title_headings_repeated_heads_page_numbers_and_languages(
    meeting: Meeting, language: str, locale: str
) -> None:
    paper = paper_of(a_version(meeting), language)
    document = docx.Document(io.BytesIO(as_docx(paper)))
    assert (document.core_properties.title, document.core_properties.language) == (paper.name, locale)
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert (styles.count("Title"), styles.count("Heading 1"), "Heading 2" in styles) == (1, 7, True)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == f"{paper.body.text}\t{paper.name}"
    xml = document.element.xml
    assert xml.count("<w:tblHeader") == sum(isinstance(block, Table) for block in paper.blocks)
    for foot in (section.first_page_footer, section.footer):
        assert foot._element.xpath(".//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    runs = document.element.xpath("//w:r[w:t]")
    assert [run for run in runs if not run.xpath("./w:rPr/w:lang")] == []
    assert {run.xpath("./w:rPr/w:lang/@w:val")[0] for run in runs} >= {locale}


@needs_pango
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_tagged_titled_and_says_its_language(meeting: Meeting, language: str) -> None:
    paper = paper_of(a_version(meeting), language)
    reader = pypdf.PdfReader(io.BytesIO(as_pdf(paper)))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], reader.metadata.title) == (language, paper.name)  # type: ignore[union-attr]
    assert (root["/MarkInfo"]["/Marked"], root["/StructTreeRoot"]["/Type"]) == (True, "/StructTreeRoot")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert 'pdfuaid:part="1"' in reader.xmp_metadata.rdf_root.toxml()  # type: ignore[union-attr]
    marks = marks_in(root["/StructTreeRoot"])
    kinds = [str(mark["/S"]) for mark in marks]
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/Caption", "/TR", "/TH", "/TD"} <= set(kinds)
    levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert max(after - before for before, after in pairwise(levels)) == 1
    cells = [mark["/A"].get("/Headers") for mark in marks if mark["/S"] == "/TD"]
    assert [headers for headers in cells if not headers] == []


@needs_pango
def test_a_body_with_quotes_in_its_name_stands_at_the_head_of_each_page(meeting: Meeting) -> None:
    name = 'Мекеме "Жас\\қанат" } </style>'
    paper = replace(paper_of(a_version(meeting), "kk"), body=Piece(name))
    pages = pypdf.PdfReader(io.BytesIO(as_pdf(paper))).pages
    assert [squeezed(name) in squeezed(page.extract_text()) for page in pages] == [True] * len(pages)


def marks_in(node: Any) -> list[Any]:
    """Return the marks of a tagged PDF in the order they are read."""
    one = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(one, list):
        return [mark for child in one for mark in marks_in(child)]
    if not isinstance(one, dict):
        return []
    return [*([one] if "/S" in one else []), *marks_in(one.get("/K", []))]


@needs_pango
def test_a_pdf_says_what_the_docx_says_with_the_sites_typeface(meeting: Meeting) -> None:
    paper = paper_of(a_version(meeting), "kk")
    content = as_pdf(paper)
    pdf = squeezed(words_of_pdf(content))
    for words in ("ХАТТАМА№AKM-1", "ТЫҢДАЛДЫ", "AKM-1-0006", "Орталыққашанашылады?"):
        assert words in pdf
    used = [
        font.get_object()
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    fonts = {font["/BaseFont"].partition("+")[2] for font in used}
    # Embedded, and what is copied out are the letters that are seen.
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in used]
    assert [("/FontFile2" in one or "/FontFile3" in one) for one in described] == [True] * len(used)
    assert [font for font in used if "/ToUnicode" not in font] == []
    if finders.find("core/fonts/onest-paper-400.ttf"):
        assert fonts == {"Onest-Paper", "Onest-Paper-Bold"}
    assert fonts != set()


@needs_pango
def test_the_worker_makes_the_documents_once_and_logs_the_hashes_of_final_ones(meeting: Meeting) -> None:
    minutes = actions.draft_minutes(meeting, by=None, at=LATER)
    actions.open_minutes_for_remarks(minutes, by=None, at=LATER)
    actions.finalise_minutes(minutes, by=None, at=LATER)
    Rendering.objects.filter(stage="draft").delete()
    assert [make_documents(at=LATER) for _turn in range(2)] == [True, False]
    made = Document.objects.filter(minutes=minutes, stage="final").select_related("upload")
    assert [(one.language, one.format) for one in made] == [
        (language, file_format) for language in LANGUAGES for file_format in ("docx", "pdf")
    ]
    leaf = Leaf.objects.get(kind="minutes-documents")
    assert [one.upload.sha256 in leaf.body for one in made] == [True] * 6
    assert list(problems_of_rows()) == []
    Upload.objects.update(sha256="00" * 32)
    said = ["minutes-documents AKM-1: the files are not those that were logged"]
    assert list(problems_of_rows()) == said
    Document.objects.filter(minutes=minutes).delete()
    assert list(problems_of_rows()) == said


def test_a_failure_is_tried_again_after_growing_pauses_and_then_noted(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    actions.draft_minutes(meeting, by=None, at=LATER)
    monkeypatch.setattr("kenes.minutes.tasks.WRITERS", {"docx": lambda paper: b""})
    at = LATER
    for pause in RETRY_PAUSES:
        assert make_documents(at=at)
        assert not make_documents(at=at + pause - timedelta(seconds=1))
        at += pause
    assert make_documents(at=at)
    rendering = Rendering.objects.get()
    assert (rendering.state, rendering.attempts) == ("failed", 4)
    assert rendering.last_error.startswith("UploadIsEmpty")
