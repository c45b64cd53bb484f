"""What is found in a text and, as much, what is not."""

import csv
import random
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kenes.redaction.hits import redacted
from kenes.redaction.rules import find_personal_data, has_sure_hit
from kenes.redaction.rules.documents import find_iins
from kenes.redaction.states import HELD_BACK
from shared_data import shared_file

# A number of nobody: born on 29 February 2000, with a right check digit.
IIN = "000229590003"
CARD = "4000 0000 0000 0002"
IBAN = "KZ86125KZT5004100100"

FOUND = [
    # (text, what is found, its kind, how sure)
    (f"Мой ИИН {IIN}, проверьте", IIN, "iin", "sure"),
    (f"{IIN}", IIN, "iin", "sure"),
    ("ЖСН: 000229-590003 бойынша", "000229-590003", "iin", "sure"),
    ("000229 590003 жазылған", "000229 590003", "iin", "likely"),
    ("ИИН 000229590004 с опечаткой", "000229590004", "iin", "likely"),
    ("Звоните +77011234567 вечером", "+77011234567", "phone", "sure"),
    ("8 701 123 45 67", "8 701 123 45 67", "phone", "sure"),
    ("8(701)1234567", "8(701)1234567", "phone", "sure"),
    ("8-701-123-45-67.", "8-701-123-45-67", "phone", "sure"),
    ("8 (7162) 25-25-25 приёмная", "8 (7162) 25-25-25", "phone", "sure"),
    ("тел.: +7 (777) 123 4567", "+7 (777) 123 4567", "phone", "sure"),
    ("8.701.123.45.67", "8.701.123.45.67", "phone", "sure"),
    ("8 7 0 1 1 2 3 4 5 6 7", "8 7 0 1 1 2 3 4 5 6 7", "phone", "sure"),
    ("нөмірім 87051234567", "87051234567", "phone", "sure"),
    ("+7 905 123-45-67", "+7 905 123-45-67", "phone", "sure"),
    ("пишите 7011234567", "7011234567", "phone", "likely"),
    ("WhatsApp 701 123 45 67", "701 123 45 67", "phone", "sure"),
    ("ұялы нөмірі: 747 123 45 67", "747 123 45 67", "phone", "sure"),
    ("дом. тел. 25-12-34", "25-12-34", "phone", "likely"),
    ("asker@example.org дейін", "asker@example.org", "email", "sure"),
    ("почта: asker.one+two@mail.example.kz.", "asker.one+two@mail.example.kz", "email", "sure"),
    ("asker [at] example.org", "asker [at] example.org", "email", "likely"),
    ("asker(собака)example[точка]org", "asker(собака)example[точка]org", "email", "likely"),
    ("asker собака example.kz", "asker собака example.kz", "email", "likely"),
    ("asker @example.org", "asker @example.org", "email", "likely"),
    (f"карта {CARD}", CARD, "card", "sure"),
    ("4000000000000002", "4000000000000002", "card", "sure"),
    ("4000-0000-0000-0002", "4000-0000-0000-0002", "card", "sure"),
    ("3782 822463 10005", "3782 822463 10005", "card", "sure"),
    ("378282246310005", "378282246310005", "card", "likely"),
    (f"счёт {IBAN} в банке", IBAN, "iban", "sure"),
    ("KZ86 125K ZT50 0410 0100 TENGE", "KZ86 125K ZT50 0410 0100", "iban", "sure"),
    ("GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32", "iban", "sure"),
    ("Живу: ул. Абая, д. 12, кв. 5.", "ул. Абая, д. 12, кв. 5", "address", "sure"),
    ("улица Абая 12", "улица Абая 12", "address", "likely"),
    ("на улице имени Ауэзова, дом 7а", "улице имени Ауэзова, дом 7а", "address", "likely"),
    ("пр. Назарбаева 7/1, кв. 15", "пр. Назарбаева 7/1, кв. 15", "address", "sure"),
    ("мкр. Центральный, 14, кв. 3", "мкр. Центральный, 14, кв. 3", "address", "sure"),
    ("живём в д. 12 кв. 45", "д. 12 кв. 45", "address", "sure"),
    ("Мен Абай көшесі, 12 үй, 5 пәтерде тұрамын", "Абай көшесі, 12 үй, 5 пәтерде", "address", "sure"),
    ("Абай к-сі 12", "Абай к-сі 12", "address", "likely"),
    ("Тәуелсіздік даңғылы, 7/1", "Тәуелсіздік даңғылы, 7/1", "address", "likely"),
    ("Бауыржан Момышұлы көшесі 4-үй", "Бауыржан Момышұлы көшесі 4-үй", "address", "likely"),
    ("Самал шағын ауданы 5, 12 пәтер", "Самал шағын ауданы 5, 12 пәтер", "address", "sure"),
    ("паспорт N12345678", "N12345678", "document", "sure"),
    ("удостоверение личности № 012345678", "012345678", "document", "sure"),
    ("жеке куәлігі 012345678", "012345678", "document", "sure"),
    ("мой N12345678", "N12345678", "document", "likely"),
    ("машина 123 ABC 01", "123 ABC 01", "plate", "likely"),
    ("777AAA03 көлігі", "777AAA03", "plate", "likely"),
    ("көлігім 777 АВС 03", "777 АВС 03", "plate", "likely"),  # in Cyrillic letters
    # Disguised, or as a telephone's keyboard left it.
    ("＋７ ７０１ ５５５ ４４ ３３", "＋７ ７０１ ５５５ ４４ ３３", "phone", "sure"),
    ("8 701 555 ٤٤ ٣٣", "8 701 555 ٤٤ ٣٣", "phone", "sure"),
    ("тел 8\u200b701\u200b555\u200b44\u200b33!", "8\u200b701\u200b555\u200b44\u200b33", "phone", "sure"),
    ("8701\u00ad5554433", "8701\u00ad5554433", "phone", "sure"),
    ("8 7О1 555 44 33", "8 7О1 555 44 33", "phone", "sure"),  # a letter for zero
    ("звоните 8-701 вечером 555-44-33", "8-701 вечером 555-44-33", "phone", "likely"),
    ("ИИН ０００２29590003", "０００２29590003", "iin", "sure"),
    ("ИИН 000 229 590 003", "000 229 590 003", "iin", "sure"),
    ("0002\u206029590003", "0002\u206029590003", "iin", "sure"),
    ("asker＠example．org", "asker＠example．org", "email", "sure"),
    ("asker\u200b@example.org", "asker\u200b@example.org", "email", "sure"),
    ("аsker@exаmple.kz", "аsker@exаmple.kz", "email", "sure"),  # Cyrillic letters among Latin ones
    ("asker @ example . org", "asker @ example . org", "email", "likely"),
    ("asker at example dot org", "asker at example dot org", "email", "likely"),
    ("one[dot]two[at]example[dot]org", "one[dot]two[at]example[dot]org", "email", "likely"),
    ("КZ86125KZT5004100100", "КZ86125KZT5004100100", "iban", "sure"),
    ("KZ 86-125K-ZT50-0410-0100", "KZ 86-125K-ZT50-0410-0100", "iban", "sure"),
    ("4000.0000.0000.0002", "4000.0000.0000.0002", "card", "sure"),
    ("5 мкр, 12 дом", "5 мкр, 12 дом", "address", "likely"),
    ("3 шағын ауданы 12 үйде, 7 пәтер", "3 шағын ауданы 12 үйде, 7 пәтер", "address", "sure"),
    ("Абая, 12, кв 5", "Абая, 12, кв 5", "address", "sure"),
    ("в доме 12 по улице Абая", "доме 12 по улице Абая", "address", "likely"),
    ("Абай көшесінің 12 үйінде тұрамын", "Абай көшесінің 12 үйінде", "address", "likely"),
]

NOTHING = [
    "Закон Республики Казахстан от 9 февраля 2015 года № 285-V «О государственной молодёжной политике»",
    "Приказ № 87011 от 18.02.2021, зарегистрирован под № 22345",
    "2022 жылғы 7 шілдедегі № 107 бұйрық",
    "ЗРК № 241-VIII, статья 76, пункт 2-1, подпункт 8-1)",
    "Бюджет 87 012 345 678 тенге на 2021 год",
    "7 012 345 678 тенге и 8 701 234 567 тенге",
    "Выделено 1 234 567 890 123 тенге",
    "18.02.2021 10:30:45 — 19.02.2021 12:00",
    "7.7.2021-8.12.2021 аралығында",
    "Вопрос AKM-2-0147, код 110201470",
    "AKM-2-0147 пен AKM-2-0148 сұрақтары",
    "БИН 210140012347 Комитета по делам молодёжи",
    "БСН 210140012347",
    "Кадастровый номер 01-160-025-1234",
    "КАТО 110000000, 111010000",
    "Сроки: 2021–2025 годы, 55 пунктов в 10 направлениях",
    "22 социальных проекта с 16 НПО, более 300 000 участников",
    "звоните на 1414 или 109, телефон доверия 150",
    "Горячая линия 8 800 080 7777",
    "улица Абая требует ремонта",
    "На улице Абая 12 сентября прошёл праздник",
    "на проспекте Мира 5 школ и 12 домов",
    "Абай көшесі жөнделе ме?",
    "Абай көшесінде 12 мектеп бар",
    "Абай атындағы 12 мектеп",
    "дом 5 этажей, 12 квартир",
    "ул. Абая отремонтируют в 2022 году",
    "кв. 3 2021 года",
    "100 USD 15 раз",
    "Постановление № 12345678",
    "счёт-фактура 0012345678901",
    "в 2021 году — 1 000 человек, в 2020 — 900",
    "пишите нам @committee",
    "цена 5 @ 3",
    "ISO 27001, RFC 6962, ГОСТ 34.11-2012",
    "123456789012",
    "ISBN 9786017943219",
    "координаты 51.169392, 71.449074",
    "[⋯phone] и [⋯iin]",
    "",
    "87015554433 тенге потрачено",
    "7015554433 теңге бөлінді",
    "229 590 003 000 тенге",
    "проспект Абая, 2 полосы",
    "ул. Абая 3 ямы",
    "улица Сатпаева 2-й этап",
    "150 ТОО 15 из них новые",
    "версия 8.7.0.1, ОКЭД 87015, КБК 101101-201",
    "дом 12 по плану",
    "Закон 87, статья 15",
    "meet at noon",
    "Площадь 120 м², ¹ сноска",
    "\u200bпусто\u200b",
]


@pytest.mark.parametrize(("text", "piece", "kind", "certainty"), FOUND)
def test_personal_data_are_found_whole(text: str, piece: str, kind: str, certainty: str) -> None:
    found = [(hit.of(text), hit.kind.value, hit.certainty.value) for hit in find_personal_data(text)]
    assert found == [(piece, kind, certainty)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert [(hit.of(text), hit.kind.value) for hit in find_personal_data(text)] == []


def test_several_are_found_in_their_order_in_both_languages() -> None:
    text = f"Абай көшесі 12 үй. ИИН {IIN}; телефон 8 701 123 45 67, почта a@example.org"
    assert [hit.kind.value for hit in find_personal_data(text)] == ["address", "iin", "phone", "email"]


def test_the_shared_numbers_are_told_right() -> None:
    with shared_file("ids", "iin_bin_vectors.csv").open(encoding="utf-8") as file:
        vectors = [(row["number"], row["expected"], row["note"]) for row in csv.DictReader(file)]
    wrong = [
        (number, note)
        for number, expected, note in vectors
        if bool(list(find_iins(number))) != (expected == "valid" and note.startswith("IIN"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [(text, sure == "sure" and kind in HELD_BACK) for text, _piece, kind, sure in FOUND]
    + [(text, False) for text in NOTHING],
)
def test_the_fast_look_agrees_with_the_whole_one(text: str, is_sure: bool) -> None:
    assert has_sure_hit(text) is is_sure


PIECES = st.sampled_from(
    [text for text, *_rest in FOUND] + NOTHING + [" ", "-", ".", "8", "7", "@", "N", "ул. ", " көшесі ", "\n"]
)
TEXTS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=6).map("".join),
    st.text(alphabet="0123456789 -.()+@NKZкв.дул", max_size=120),
    st.text(alphabet="01234567О８٤\u200b\u00ad -./＠@аa", max_size=120),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_lie_in_the_text_and_never_overlap(text: str) -> None:
    hits = find_personal_data(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(first.end <= second.start for first, second in pairwise(hits))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("000229590003УЛИЦАA 0GB82WEST12345698765432УЛИЦА0 0KZ86125KZT5004100100")
def test_nothing_is_found_in_what_is_redacted(text: str) -> None:
    once = redacted(text, find_personal_data(text))
    assert [(hit.of(once), hit.kind) for hit in find_personal_data(once)] == []


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_the_fast_look_never_misses_what_the_whole_one_is_sure_of(text: str) -> None:
    sure = any(hit.certainty == "sure" and hit.kind in HELD_BACK for hit in find_personal_data(text))
    assert has_sure_hit(text) is sure


ATTACKS = [
    "8" * 20_000,
    "8 " * 10_000,
    "8-7" * 7_000,
    "a" * 20_000,
    "a." * 10_000 + "@",
    "@" * 20_000,
    "a@" * 10_000,
    "a@a." * 5_000,
    "ул. " + "а " * 10_000,
    "ул. " * 5_000,
    "ул. а.а.а.а " * 2_000,
    "А " * 10_000 + "көшесі",
    "Абай көшесі " * 2_000,
    "KZ86" + "1 2" * 6_000,
    "AA11 " * 4_000,
    "тел. " * 4_000,
    "(((" * 7_000,
    "[at] " * 4_000,
    "д.1" * 7_000,
    "7000000000/" * 1_500,
    "8 701 слово " * 1_500,
    "a[dot]" * 3_000,
    "\u200b8" * 8_000,
    "5 мкр, 1" * 2_500,
    "Абая, 12, " * 2_000,
]


def _least_seconds(text: str) -> float:
    least = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        find_personal_data(text)
        least = min(least, time.perf_counter() - began)
    return least


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_ten_times_the_text_takes_no_more_than_some_twenty_times_the_time(attack: str) -> None:
    short, long = attack[: len(attack) // 10], attack
    assert _least_seconds(long) < 25 * _least_seconds(short) + 0.05


def test_random_long_texts_take_milliseconds() -> None:
    chance = random.Random(4)
    letters = "0123456789 -.,()+@NKZабвқдулкО８\u200b"
    texts = ["".join(chance.choices(letters, k=2_000)) for _ in range(30)]
    assert max(_least_seconds(text) for text in texts) < 0.25
