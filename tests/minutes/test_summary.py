"""The summary for the press: composed from the record, edited without typing a number, approved."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from factories import a_meeting, a_user
from kenes.accounts.models import User
from kenes.minutes import actions, errors
from kenes.minutes.figures import DEFINITIONS, OUTCOMES
from kenes.minutes.models import Summary
from kenes.minutes.paper.words import Words
from kenes.minutes.press.composing import PARAGRAPHS, composed, counted_from
from kenes.minutes.press.sentences import KINDS, SENTENCES
from kenes.minutes.press.telling import as_text, told
from kenes.minutes.press.tokens import TOKEN, check_text
from kenes.minutes.queries import content_of
from kenes.programme.models import Meeting
from kenes.programme.states import MeetingKind
from kenes.questions.models import Question
from minutes.happenings import ABUSE, LATER, SECRET_NAME

COUNTED = {
    "meeting": {"zone": "Asia/Almaty", "kind": "seminar", "code": "AKM-1"},
    "numbers": {definition.key: {"value": 0, "rows": []} for definition in DEFINITIONS},
}
RU = (
    "{{ meeting.date }} прошёл семинар. Задали {{ questions.asked }}, "
    "из них устно {{ questions.aloud|number }}."
)
KK = "{{ questions.asked }} қойылды."


def a_summary(meeting: Meeting) -> Summary:
    return actions.draft_summary(meeting, by=None, at=LATER)


def edited(summary: Summary, *, ru: str = RU, kk: str = KK, is_fresh: bool = False) -> Summary:
    return actions.redraft_summary(summary, texts={"ru": ru, "kk": kk}, is_fresh=is_fresh, by=None, at=LATER)


def words_of(summary: Summary, language: str) -> list[str]:
    lines = told(summary, language).lines
    return ["".join(piece.text for piece in line).replace("\u00a0", " ") for line in lines]


def address(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(f"minutes:{name}", args=[meeting.code, *more])


def with_number(key: str, value: int) -> dict[str, object]:
    return {**COUNTED, "numbers": {**COUNTED["numbers"], key: {"value": value, "rows": []}}}  # type: ignore[dict-item]


def test_the_first_text_tells_the_meeting_in_russian(meeting: Meeting) -> None:
    assert words_of(a_summary(meeting), "ru") == [
        "18 февраля 2021 г. прошёл семинар «Семинар о молодёжи». "
        "Организатор – Ministry, место – Акмолинская область.",
        "В зал встречи вошёл 1 участник. Участники задали 6 вопросов. За вопросы отдан 1 голос.",
        "Устные ответы даны на 1 вопрос. Письменный ответ готовится на 2 вопроса.",
        "Отказано в ответе на 2 вопроса, основания опубликованы. Авторы отозвали 1 вопрос.",
    ]


def test_the_first_text_tells_the_meeting_in_kazakh(meeting: Meeting) -> None:
    assert words_of(a_summary(meeting), "kk") == [
        "2021 жылғы 18 ақпанда «Жастар семинары» тақырыбында семинар өтті. "
        "Ұйымдастырушы – Ministry, өткен жері – Ақмола облысы.",
        "Кездесу залына 1 қатысушы кірді. Қатысушылар 6 сұрақ қойды. Сұрақтарға 1 дауыс берілді.",
        "Ауызша жауап берілгені – 1 сұрақ. Жазбаша жауабы әзірленіп жатқаны – 2 сұрақ.",
        "Қабылданбағаны – 2 сұрақ, негіздері жарияланды. Авторлары кері алғаны – 1 сұрақ.",
    ]


def test_the_first_text_leaves_no_outcome_out() -> None:
    keys = {key for paragraph in PARAGRAPHS for key in paragraph}
    assert {definition.key for definition in OUTCOMES.values()} - keys == set()


def test_every_language_has_a_sentence_for_every_number_and_kind() -> None:
    keys = {key for paragraph in PARAGRAPHS for key in paragraph} | {"questions.none"}
    for language, sentences in SENTENCES.items():
        assert {key.removesuffix(".one") for key in sentences} == keys
        assert set(KINDS[language]) == set(MeetingKind.values)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_first_text_holds_signs_only_and_passes_its_own_check(meeting: Meeting, language: str) -> None:
    counted = counted_from(content_of(meeting, at=LATER))
    text = composed(counted)[language]
    check_text(text, counted)
    assert re.search(r"\d", text) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Официальным обращением стал 1 вопрос."),
        (3, "Официальными обращениями стали 3 вопроса."),
        (11, "Официальными обращениями стали 11 вопросов."),
        (21, "Официальным обращением стал 21 вопрос."),
    ],
)
def test_a_russian_verb_agrees_with_its_number(number: int, said: str) -> None:
    counted = with_number("questions.passed_on", number)
    text = composed(counted)["ru"]
    sentence = next(line for line in text.splitlines() if "passed_on" in line)
    counted_noun = Words("ru", "Asia/Almaty").counted(number, "question").replace("\u00a0", " ")
    assert TOKEN.sub(counted_noun, sentence) == said


def test_a_meeting_without_questions_says_so(db: None) -> None:
    texts = composed(counted_from(content_of(a_meeting(), at=LATER)))
    assert ["Сұрақ қойылған жоқ." in texts["kk"], "Вопросов не задавали." in texts["ru"]] == [True, True]


@given(number=st.integers(0, 10**9) | st.integers(1900, 2099))
def test_no_number_can_be_typed(number: int) -> None:
    with pytest.raises(errors.SummaryNumberTyped):
        check_text(f"Задали {number} вопросов.", COUNTED)


@given(
    st.text(st.characters(exclude_categories=["N", "C"], exclude_characters="{}"), max_size=60),
    st.sampled_from([definition.key for definition in DEFINITIONS]),
)
def test_words_and_signs_pass_however_they_are_put(words: str, key: str) -> None:
    check_text(f"{words} {{{{ {key} }}}} {words} {{{{{key}|number}}}} 2025 жылы", COUNTED)


@pytest.mark.parametrize(
    "said", ["2026 жылы", "2026 жылғы", "2026 ж.", "2026 году", "2026 г.", "held in 2026."]
)
def test_a_year_that_says_it_is_one_may_be_typed(said: str) -> None:
    check_text(said, COUNTED)


@pytest.mark.parametrize("said", ["2026 вопросов", "2026", "in 2026 questions", "½ сұрақ", "Ⅳ"])
def test_a_number_that_looks_like_a_year_or_is_no_digit_is_refused(said: str) -> None:
    with pytest.raises(errors.SummaryNumberTyped):
        check_text(said, COUNTED)


@pytest.mark.parametrize("text", ["{{ questions.invented }}", "{{ 12 }}", "{{ questions.asked", "}}"])
def test_a_sign_that_stands_for_nothing_is_refused(text: str) -> None:
    with pytest.raises(errors.SummaryTokenUnknown):
        check_text(text, COUNTED)


def test_a_number_that_nobody_counted_cannot_be_told() -> None:
    counted = with_number("screens.most", 0)
    counted["numbers"]["screens.most"]["value"] = None  # type: ignore[index]
    with pytest.raises(errors.SummaryTokenUnknown):
        check_text("{{ screens.most }}", counted)


def test_an_edited_text_keeps_its_numbers_as_counted_then(meeting: Meeting) -> None:
    kept = edited(a_summary(meeting))
    Question.objects.filter(meeting=meeting).update(state="withdrawn")
    assert words_of(Summary.objects.get(pk=kept.pk), "ru") == [
        "18 февраля 2021 г. прошёл семинар. Задали 6 вопросов, из них устно 1."
    ]
    assert words_of(edited(kept, is_fresh=True), "ru") == [
        "18 февраля 2021 г. прошёл семинар. Задали 6 вопросов, из них устно 0."
    ]


def test_a_number_leads_to_its_records(meeting: Meeting) -> None:
    line = told(a_summary(meeting), "ru").lines[1]
    links = [piece.href.partition("/ru/")[2] for piece in line if piece.href]
    assert links == [
        f"rooms/AKM-1/summary/1/figures/{key}/"
        for key in ("participants.all", "questions.asked", "questions.votes")
    ]


def test_the_plain_text_carries_the_addresses_as_footnotes(meeting: Meeting) -> None:
    text = as_text(edited(a_summary(meeting)), "ru")
    assert "Задали 6\u00a0вопросов [1], из них устно 1 [2]." in text
    assert "[1] http" in text
    assert text.rstrip().endswith("/summary/2/figures/questions.aloud/")


def test_a_summary_is_in_kazakh_and_russian(meeting: Meeting) -> None:
    with pytest.raises(errors.SummaryMissing):
        edited(a_summary(meeting), kk=" ")


def test_a_draft_gives_way_to_its_edit_and_an_approved_one_to_the_next_approved(
    meeting: Meeting,
) -> None:
    second = edited(a_summary(meeting))
    actions.approve_summary(second, by=None, at=LATER)
    third = edited(second)
    assert list(Summary.objects.values_list("state", flat=True)) == ["replaced", "approved", "draft"]
    actions.approve_summary(third, by=None, at=LATER)
    assert list(Summary.objects.values_list("state", flat=True)) == ["replaced", "replaced", "approved"]


def test_a_version_that_is_not_the_newest_is_not_edited(meeting: Meeting) -> None:
    first = a_summary(meeting)
    edited(first)
    with pytest.raises(errors.SummaryMoved):
        edited(first)


def test_a_replaced_version_is_not_approved(meeting: Meeting) -> None:
    first = a_summary(meeting)
    edited(first)
    with pytest.raises(errors.SummaryMoved):
        actions.approve_summary(first, by=None, at=LATER)


def test_a_summary_is_made_of_a_closed_meeting_once(meeting: Meeting) -> None:
    a_summary(meeting)
    with pytest.raises(errors.SummaryExists):
        a_summary(meeting)


def test_an_open_meeting_has_no_summary(db: None) -> None:
    with pytest.raises(errors.MeetingNotClosed):
        a_summary(a_meeting(is_open=True))


@pytest.mark.parametrize("who", ["anyone", "an account", "reader", "moderator"])
@pytest.mark.parametrize("state", ["draft", "approved"])
def test_a_draft_is_for_the_host_body_and_an_approved_summary_for_everybody(
    client: Client, meeting: Meeting, reader: User, moderator: User, who: str, state: str
) -> None:
    summary = a_summary(meeting)
    if state == "approved":
        actions.approve_summary(summary, by=None, at=LATER)
    people = {"an account": a_user("account"), "reader": reader, "moderator": moderator}
    if who in people:
        client.force_login(people[who])
    wanted = 200 if state == "approved" or who in {"reader", "moderator"} else 404
    pages = [
        address("summary", meeting),
        address("summary-version", meeting, 1),
        address("summary-text", meeting, 1),
        address("summary-figure", meeting, 1, "questions.asked"),
    ]
    assert [client.get(path).status_code for path in pages] == [wanted] * len(pages)


@pytest.mark.parametrize("act", ["draft-summary", "edit-summary", "approve-summary"])
@pytest.mark.parametrize("who", ["anyone", "an account", "reader"])
def test_only_those_who_may_change_a_summary_reach_an_act(
    client: Client, meeting: Meeting, reader: User, who: str, act: str
) -> None:
    a_summary(meeting)
    if who != "anyone":
        client.force_login(reader if who == "reader" else a_user("account"))
    more = () if act == "draft-summary" else (1,)
    assert client.post(address(act, meeting, *more)).status_code == 404


def test_a_moderator_composes_edits_and_approves_by_forms(
    client: Client, meeting: Meeting, moderator: User
) -> None:
    client.force_login(moderator)
    assert address("draft-summary", meeting) in client.get(address("summary", meeting)).content.decode()
    assert client.post(address("draft-summary", meeting)).status_code == 303
    typed = client.post(address("edit-summary", meeting, 1), {"ru": "Задали 12 вопросов.", "kk": KK})
    assert (typed.status_code, "“12” was typed by hand" in typed.content.decode()) == (422, True)
    sent = client.post(address("edit-summary", meeting, 1), {"ru": RU, "kk": KK})
    assert sent.headers["Location"] == address("summary-version", meeting, 2)
    assert client.post(address("approve-summary", meeting, 2)).status_code == 303
    client.logout()
    page = client.get(address("summary", meeting)).content.decode()
    assert '/summary/2/figures/questions.asked/">6\u00a0сұрақ</a>' in page


def test_no_page_of_a_summary_tells_a_hidden_name_or_abuse(client: Client, meeting: Meeting) -> None:
    summary = a_summary(meeting)
    actions.approve_summary(summary, by=None, at=LATER)
    for name, more in (("summary", ()), ("summary-figure", (1, "questions.refused"))):
        page = client.get(address(name, meeting, *more)).content.decode()
        assert (SECRET_NAME in page, ABUSE in page) == (False, False)
