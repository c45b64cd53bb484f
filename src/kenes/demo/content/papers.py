"""What people wrote into the minutes of the demonstration: illustrative words."""

from dataclasses import dataclass

CHAIR = {
    "kk": "Жастар және отбасы істері комитетінің төрағасы",
    "ru": "Председатель Комитета по делам молодёжи и семьи",
    "en": "Chairman of the Committee for Youth and Family Affairs",
}
SECRETARY = {
    "kk": "Ақмола облысы ішкі саясат басқармасының бас маманы",
    "ru": "Главный специалист Управления внутренней политики Акмолинской области",
    "en": "Chief specialist of the Directorate of Internal Policy of Akmola Region",
}
TEXTS = {
    "chair": CHAIR,
    "secretary": SECRETARY,
    "opening": {
        "kk": "Төраға семинардың мақсатын айтты: ұйымдарға әлеуметтік тапсырыс пен гранттарға қалай қатысу "
        "керегін түсіндіру.",
        "ru": "Председательствующий назвал цель семинара: объяснить организациям, как участвовать в социальном "
        "заказе и грантах.",
        "en": "The chair named the seminar's aim: to explain to organisations how to take part in social orders "
        "and grants.",
    },
    "decisions": {
        "kk": "1. Басқармалар жазбаша сұрақтарға белгіленген мерзімде жауап берсін.\n"
        "2. Байқау құжаттарының үлгілері қазақ және орыс тілдерінде жариялансын.",
        "ru": "1. Управлениям ответить на письменные вопросы в установленный срок.\n"
        "2. Опубликовать образцы конкурсных документов на казахском и русском языках.",
        "en": "1. The directorates answer the written questions within their terms.\n"
        "2. Samples of the documents for the contest are published in Kazakh and Russian.",
    },
    "conclusions": {
        "kk": "Төраға қатысушыларға алғыс айтты. Орындалу барысы тізілімде көрсетіледі.",
        "ru": "Председательствующий поблагодарил участников. Ход исполнения виден в реестре.",
        "en": "The chair thanked the participants. What becomes of it is seen in the register.",
    },
}
ARCHIVE_TEXTS = {"chair": CHAIR, "secretary": SECRETARY}


@dataclass(frozen=True, slots=True)
class DemoRemark:
    """A remark on a place of the minutes."""

    place: str
    text: str


REMARKS = (
    DemoRemark("decisions", "Уточнить: образцы публикуются на двух языках."),
    DemoRemark("agenda", "Баяндамашының лауазымын тексеру керек."),
)
RESOLUTION = "Учтено в тексте решения."
