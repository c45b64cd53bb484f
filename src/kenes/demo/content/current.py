"""This year's campaign: its seminar runs now; other meetings stand around today."""

from dataclasses import dataclass

from kenes.programme.states import MeetingKind as K
from kenes.programme.states import SphereKey as S

Languages = dict[str, str]

SUMMARY: Languages = {
    "kk": "Көрсетілім: кездесулер бүгінгі күнге қатысты қойылған, мәтіндер ойдан құрастырылған.",
    "ru": "Демонстрация: встречи расставлены относительно сегодняшнего дня, тексты составлены для показа.",
    "en": "A demonstration: meetings are set relative to today, the texts were written for it.",
}


def title(year: int) -> Languages:
    """Return the campaign's title for a year."""
    return {
        "kk": f"Министрлік күндері {year}",
        "ru": f"Дни Министерства {year}",
        "en": f"Days of the Ministry {year}",
    }


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting `days` from today at a local hour, in the region of code `region`."""

    region: str
    days: int
    hour: int
    kind: K
    sphere: S
    title: Languages
    host: str = "ministry"


LIVE_TITLE: Languages = {
    "kk": "Жастар және отбасы саясатының өзекті мәселелері",
    "ru": "Актуальные вопросы молодёжной и семейной политики",
    "en": "Topical issues in youth and family policy",
}
LIVE_SUMMARY: Languages = {
    "kk": "Комитет облыстың сұрақтарына жауап береді. Әр сұраққа жауап не мерзім беріледі.",
    "ru": "Комитет отвечает на вопросы области. У каждого вопроса будет ответ или срок.",
    "en": "The Committee answers the region's questions. Each question ends with an answer or a date.",
}
ANNOUNCEMENT: Languages = {
    "kk": "Бұл көрсетілім: сұрақтар мен жауаптар ойдан құрастырылған. Өз сұрағыңызды қойып көріңіз.",
    "ru": "Это демонстрация: вопросы и ответы вымышлены. Попробуйте задать свой вопрос.",
    "en": "This is a demonstration: the questions and answers are invented. Try asking one of your own.",
}


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point of the running seminar's agenda; `minutes` long, spoken to by `role` of `body`."""

    minutes: int
    title: Languages
    role: Languages
    body: str
    state: str


CHAIRMAN: Languages = {
    "kk": "Комитет төрағасы",
    "ru": "Председатель Комитета",
    "en": "Chairman of the Committee",
}
HEAD: Languages = {"kk": "Басқарма басшысы", "ru": "Руководитель управления", "en": "Head of the directorate"}

AGENDA: tuple[AgendaPoint, ...] = (
    AgendaPoint(
        10,
        {"kk": "Ашылу сөзі", "ru": "Вступительное слово", "en": "Opening"},
        HEAD,
        "policy",
        "done",
    ),
    AgendaPoint(
        25,
        {
            "kk": "Комитет төрағасының есебі: өткен жылдың қорытындысы және міндеттер",
            "ru": "Отчёт председателя Комитета: итоги прошлого года и задачи",
            "en": "The Committee chairman's report: last year's results and the tasks ahead",
        },
        CHAIRMAN,
        "committee",
        "done",
    ),
    AgendaPoint(
        70,
        {"kk": "Сұрақтар мен жауаптар", "ru": "Вопросы и ответы", "en": "Questions and answers"},
        CHAIRMAN,
        "committee",
        "now",
    ),
    AgendaPoint(
        10,
        {
            "kk": "Қорытынды: тапсырмалар мен мерзімдер",
            "ru": "Итоги: поручения и сроки",
            "en": "Closing: assignments and dates",
        },
        HEAD,
        "social",
        "planned",
    ),
)

MEETINGS: tuple[PlannedMeeting, ...] = (
    PlannedMeeting(
        "110000000",
        -8,
        11,
        K.MEETING,
        S.CIVIL_SOCIETY,
        {
            "kk": "Азаматтық ұйымдармен кездесу: әлеуметтік жобалар",
            "ru": "Встреча с гражданскими организациями: социальные проекты",
            "en": "Meeting with civil organisations: social projects",
        },
    ),
    PlannedMeeting(
        "110000000",
        1,
        10,
        K.PANEL,
        S.RELIGION,
        {
            "kk": "Діни сауаттылық: мұғалімдерге арналған панель",
            "ru": "Религиозная грамотность: панель для учителей",
            "en": "Religious literacy: a panel for teachers",
        },
    ),
    PlannedMeeting(
        "110000000",
        2,
        15,
        K.DIALOGUE,
        S.INTERETHNIC,
        {
            "kk": "Бірге тұрып, бірге шешеміз: диалог алаңы",
            "ru": "Живём и решаем вместе: диалоговая площадка",
            "en": "Living and deciding together: a dialogue platform",
        },
    ),
    PlannedMeeting(
        "110000000",
        5,
        11,
        K.MEETING,
        S.MEDIA,
        {
            "kk": "Аудандық газеттер редакторларымен кездесу",
            "ru": "Встреча с редакторами районных газет",
            "en": "Meeting with the editors of district newspapers",
        },
    ),
    PlannedMeeting(
        "610000000",
        7,
        11,
        K.SEMINAR,
        S.FAMILY,
        {
            "kk": "Жас отбасыларға қызмет көрсету: бір терезе",
            "ru": "Услуги молодым семьям: одно окно",
            "en": "Services for young families: one window",
        },
        "committee",
    ),
    PlannedMeeting(
        "610000000",
        8,
        15,
        K.SEMINAR,
        S.YOUTH,
        {
            "kk": "Ауыл жастарының кәсібі: гранттан табысқа",
            "ru": "Дело сельской молодёжи: от гранта к доходу",
            "en": "Rural youth enterprise: from grant to income",
        },
        "committee",
    ),
    PlannedMeeting(
        "100000000",
        12,
        10,
        K.MEETING,
        S.YOUTH,
        {
            "kk": "Жаңа облыстың жастарымен кездесу",
            "ru": "Встреча с молодёжью новой области",
            "en": "Meeting the youth of the new region",
        },
        "committee",
    ),
    PlannedMeeting(
        "100000000",
        13,
        15,
        K.DIALOGUE,
        S.INTERETHNIC,
        {
            "kk": "Этномәдени бірлестіктердің диалог алаңы",
            "ru": "Диалоговая площадка этнокультурных объединений",
            "en": "Dialogue platform of ethno-cultural associations",
        },
    ),
    PlannedMeeting(
        "470000000",
        19,
        11,
        K.PANEL,
        S.RELIGION,
        {
            "kk": "Отбасындағы діни тәрбие және заң",
            "ru": "Религиозное воспитание в семье и закон",
            "en": "Religious upbringing in the family and the law",
        },
    ),
    PlannedMeeting(
        "470000000",
        20,
        15,
        K.MEETING,
        S.CIVIL_SOCIETY,
        {
            "kk": "Вахталық ауылдардағы азаматтық бастамалар",
            "ru": "Гражданские инициативы вахтовых посёлков",
            "en": "Civic initiatives of shift-work settlements",
        },
    ),
)
