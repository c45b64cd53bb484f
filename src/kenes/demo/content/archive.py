"""The archived campaign of February 2021: Akmola's session with 14 meetings in six spheres."""

from dataclasses import dataclass
from datetime import date

from kenes.programme.states import MeetingKind as K
from kenes.programme.states import SphereKey as S

Languages = dict[str, str]

SUMMARY: Languages = {
    "kk": "Көрсетілімге арналған үлгі: 2021 жылғы ақпандағы онлайн кездесулер. Мәтіндер ойдан құрастырылған.",
    "ru": "Пример для показа: онлайн-встречи февраля 2021 года. Тексты составлены для демонстрации.",
    "en": "An illustration: the online meetings of February 2021. The texts were written for this demonstration.",
}
TITLE: Languages = {
    "kk": "Министрлік күндері 2021",
    "ru": "Дни Министерства 2021",
    "en": "Days of the Ministry 2021",
}
SESSION_TITLE: Languages = {
    "kk": "Ақмола облысындағы стратегиялық сессия",
    "ru": "Стратегическая сессия в Акмолинской области",
    "en": "Strategic session in Akmola Region",
}
REGION = "110000000"
PERIOD = (date(2021, 2, 1), date(2021, 2, 28))
SESSION_PERIOD = (date(2021, 2, 8), date(2021, 2, 19))
ZONE = "Asia/Almaty"


@dataclass(frozen=True, slots=True)
class DemoMeeting:
    """A meeting: day of the period, local hour, length in minutes."""

    day: date
    hour: int
    minutes: int
    kind: K
    sphere: S
    title: Languages
    second_sphere: str = ""
    host: str = "ministry"
    is_seminar_of_the_story: bool = False


MEETINGS: tuple[DemoMeeting, ...] = (
    DemoMeeting(
        date(2021, 2, 8),
        10,
        90,
        K.MEETING,
        S.CIVIL_SOCIETY,
        {
            "kk": "Азаматтық ұйымдармен ашылу кездесуі",
            "ru": "Открывающая встреча с гражданскими организациями",
            "en": "Opening meeting with civil organisations",
        },
    ),
    DemoMeeting(
        date(2021, 2, 8),
        15,
        120,
        K.SEMINAR,
        S.CIVIL_SOCIETY,
        {
            "kk": "Мемлекеттік әлеуметтік тапсырыс: өтінімнен есепке дейін",
            "ru": "Государственный социальный заказ: от заявки до отчёта",
            "en": "State social contracting: from application to report",
        },
    ),
    DemoMeeting(
        date(2021, 2, 9),
        11,
        90,
        K.PANEL,
        S.RELIGION,
        {
            "kk": "Діни сауаттылық: мектеп, отбасы, қоғам",
            "ru": "Религиозная грамотность: школа, семья, общество",
            "en": "Religious literacy: school, family, society",
        },
    ),
    DemoMeeting(
        date(2021, 2, 9),
        15,
        90,
        K.MEETING,
        S.RELIGION,
        {
            "kk": "Діни бірлестіктермен жұмыс тәжірибесі",
            "ru": "Опыт работы с религиозными объединениями",
            "en": "Working with religious associations: experience",
        },
    ),
    DemoMeeting(
        date(2021, 2, 10),
        10,
        120,
        K.DIALOGUE,
        S.INTERETHNIC,
        {
            "kk": "Этносаралық келісім: өңірдің диалог алаңы",
            "ru": "Межэтническое согласие: диалоговая площадка области",
            "en": "Inter-ethnic accord: the region's dialogue platform",
        },
    ),
    DemoMeeting(
        date(2021, 2, 10),
        15,
        90,
        K.SEMINAR,
        S.INTERETHNIC,
        {
            "kk": "Қоғамдық келісім кеңестерінің жұмысы",
            "ru": "Работа советов общественного согласия",
            "en": "The work of councils of public accord",
        },
    ),
    DemoMeeting(
        date(2021, 2, 11),
        10,
        120,
        K.SEMINAR,
        S.YOUTH,
        {
            "kk": "Ауыл жастарының жұмысы мен кәсібі",
            "ru": "Занятость и дело для сельской молодёжи",
            "en": "Work and enterprise for rural youth",
        },
        host="committee",
    ),
    DemoMeeting(
        date(2021, 2, 11),
        15,
        90,
        K.MEETING,
        S.YOUTH,
        {
            "kk": "Жастар ресурстық орталықтарымен кездесу",
            "ru": "Встреча с молодёжными ресурсными центрами",
            "en": "Meeting with the youth resource centres",
        },
        host="committee",
    ),
    DemoMeeting(
        date(2021, 2, 12),
        15,
        120,
        K.SEMINAR,
        S.YOUTH,
        {
            "kk": "Жастар және отбасы саясатының өзекті мәселелері",
            "ru": "Актуальные вопросы молодёжной и семейной политики",
            "en": "Topical issues in youth and family policy",
        },
        second_sphere=S.FAMILY,
        host="committee",
        is_seminar_of_the_story=True,
    ),
    DemoMeeting(
        date(2021, 2, 15),
        11,
        90,
        K.PANEL,
        S.FAMILY,
        {
            "kk": "Отбасын қолдау орталықтары: не істейді, кімге көмектеседі",
            "ru": "Центры поддержки семьи: что делают и кому помогают",
            "en": "Family support centres: what they do and for whom",
        },
        host="committee",
    ),
    DemoMeeting(
        date(2021, 2, 16),
        10,
        90,
        K.MEETING,
        S.FAMILY,
        {
            "kk": "Әкелер кеңестерімен әңгіме",
            "ru": "Разговор с советами отцов",
            "en": "A talk with the councils of fathers",
        },
        host="committee",
    ),
    DemoMeeting(
        date(2021, 2, 17),
        15,
        120,
        K.SEMINAR,
        S.FAMILY,
        {
            "kk": "Тұрмыстық зорлықтың алдын алу: ведомствоаралық жұмыс",
            "ru": "Профилактика бытового насилия: межведомственная работа",
            "en": "Preventing domestic violence: work across agencies",
        },
        host="committee",
    ),
    DemoMeeting(
        date(2021, 2, 18),
        11,
        90,
        K.MEETING,
        S.MEDIA,
        {
            "kk": "Өңірлік БАҚ редакторларымен кездесу",
            "ru": "Встреча с редакторами региональных СМИ",
            "en": "Meeting with the editors of regional media",
        },
    ),
    DemoMeeting(
        date(2021, 2, 19),
        15,
        90,
        K.DIALOGUE,
        S.MEDIA,
        {
            "kk": "Мемлекеттік орган мен журналист: ақпаратқа қолжетімділік",
            "ru": "Госорган и журналист: доступ к информации",
            "en": "Public bodies and journalists: access to information",
        },
    ),
)
