"""Forms of a word meet in one stem, typed with Kazakh letters or on a Russian keyboard."""

import pytest

from kenes.core.folding import fold
from kenes.register.stemming import english_stem, kazakh_stem, russian_stem, stems_of

KAZAKH = {
    "мектеп": "мектептің мектепке мектепті мектепте мектептен мектеппен мектептер мектептерде "
    "мектептеріндегі мектебі мектебінде мектебіміз",
    "бала": "балалар балалардың балаға баланы балада баладан баламен баласы баласының балаларымыздың балаңыз",
    "ауыл": "ауылдың ауылда ауылдағы ауылында ауылы ауылдар ауылдарға ауылымыз",
    "қала": "қалада қаласында қаласының қаланың қалалар",
    "Ақкөл": "Ақкөлде Ақкөлдің Ақкөлге Ақкөлден АҚКӨЛ",
    "орталық": "орталығы орталықта орталықтың орталықтар орталығында орталығының",
    "жас": "жастар жастардың жастарға жастармен",
    "отбасы": "отбасына отбасының отбасылар",
    "аудан": "ауданы ауданда аудандар ауданның аудандарда",
    "адам": "адамдар адамның адамға",
    "үй": "үйлер үйдің үйде үйден үйге үйі үйінде үйінің үйім үйіміз үйлері үйлерімізде үйлеріндегі",
    "ел": "елдің елде елге елдер елі еліне еліміз еліміздің",
    "іс": "ісі істер іске ісіне",
    "су": "судың суды суға сумен суы суын",
    "балабақша": "балабақшаға балабақшалардың балабақшасы балабақшамыз балабақшада балабақшадағы "
    "балабақшасына",
    "жоба": "жобалар жобасы жобамыз жобаларды жобаға",
    "мұғалім": "мұғалімдер мұғалімдерге мұғалімнің мұғалімі мұғалімдеріміз",
    "жәрдемақы": "жәрдемақысы жәрдемақыны жәрдемақылар жәрдемақысын жәрдемақының",
    "мүгедек": "мүгедегі мүгедектер мүгедектерге",
    "ұйым": "ұйымдар ұйымы ұйымның ұйымдарға ұйымына",
    "бөлім": "бөлімі бөлімнің бөлімге бөлімінде",
    "білім": "білімі білімге білімнің",
    "әкім": "әкімі әкімнің әкімге әкімдер",
    "тұрғын": "тұрғындар тұрғындарға тұрғыны",
    "кәсіп": "кәсіпті кәсібі кәсібін",
    "теңге": "теңгені теңгеден теңгесі",
    "кітап": "кітабы кітаптар кітаптың кітабында",
    "халық": "халқы халықтың халқының",
    "жұмыс": "жұмысы жұмысты жұмыспен жұмыстар жұмысымыз",
    "ашыл": "ашылады ашылды ашылған ашылатын ашылу",
    "кел": "келеді келді келген келетін келу",
    "мәселе": "мәселелер мәселені мәселесі мәселелерді",
    "тарих": "тарихтың тарихы",
    "облыс": "облысы облысында облысының облыстағы",
    "министрлік": "министрлігі министрлігінің министрлікке",
    "көмек": "көмегі көмекке көмектер",
    "жол": "жолдар жолы жолдың жолында",
    "өмір": "өмірі өмірде өмірінің",
    "клуб": "клубтар клубтың клубы",
    "бағдарлама": "бағдарламасы бағдарламаның бағдарламалар",
}
RUSSIAN = {
    "молодёжь": "молодежи молодёжью",
    "школа": "школы школе школу школой школами школах",
    "пособие": "пособия пособию пособий пособиями",
    "район": "района районе районов районам",
    "ответ": "ответы ответа ответов ответе",
    "сельский": "сельского сельская сельских сельским",
}
FORMS = [(word, form) for word, forms in KAZAKH.items() for form in forms.split()]
RUSSIAN_FORMS = [(word, form) for word, forms in RUSSIAN.items() for form in forms.split()]


@pytest.mark.parametrize(("word", "form"), FORMS)
def test_the_forms_of_a_kazakh_word_have_one_stem(word: str, form: str) -> None:
    assert kazakh_stem(fold(form)) == kazakh_stem(fold(word))


@pytest.mark.parametrize(("word", "form"), RUSSIAN_FORMS)
def test_the_forms_of_a_russian_word_have_one_stem(word: str, form: str) -> None:
    assert russian_stem(fold(form)) == russian_stem(fold(word))


@pytest.mark.parametrize("word", sorted({form for pair in FORMS for form in pair}))
def test_a_stem_is_its_own_stem(word: str) -> None:
    assert kazakh_stem(kazakh_stem(fold(word))) == kazakh_stem(fold(word))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("жол", "жыл"),
        ("қала", "қалам"),
        ("бала", "балық"),
        ("жас", "жаз"),
        ("су", "сан"),
        ("аудан", "ау"),
        ("ауыл", "ауа"),
        ("мектеп", "мекен"),
        ("ұйым", "үй"),
        ("бөлім", "болады"),
        ("білім", "біледі"),
        ("әкім", "ақ"),
        ("ойын", "ой"),
        ("тұрғын", "түрік"),
        ("кәсіп", "қас"),
        ("теңге", "тең"),
    ],
)
def test_words_that_are_near_keep_apart(first: str, second: str) -> None:
    assert kazakh_stem(fold(first)) != kazakh_stem(fold(second))


@pytest.mark.parametrize("word", ["вода", "мода", "жаңа", "дана", "сана", "ана", "екі", "көп"])
def test_a_short_word_is_not_worn_away(word: str) -> None:
    assert kazakh_stem(fold(word)) == fold(word)


def test_a_suffix_of_the_other_harmony_stays() -> None:
    assert kazakh_stem("мектепта") == "мектепта"
    assert kazakh_stem("калаге") == "калаге"


def test_a_suffix_after_the_wrong_sound_stays() -> None:
    assert kazakh_stem("ауылтан") == "ауылтан"
    assert kazakh_stem("мектеплер") == "мектеплер"


def test_a_word_is_kept_under_the_stem_of_each_language() -> None:
    assert stems_of("школы").tokens == ("1школ", "2школ")
    assert stems_of("пособия").tokens == ("1пособ", "2пособия")
    assert stems_of("centres").tokens == ("0centr",)
    assert stems_of("2021").tokens == ("02021",)
    assert english_stem("questions") == english_stem("question")
