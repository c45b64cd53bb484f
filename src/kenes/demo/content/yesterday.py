"""The seminar of the last working day: what was asked before it, in it and after it, and what became of each question."""

from dataclasses import dataclass, field
from enum import StrEnum

Languages = dict[str, str]


class End(StrEnum):
    """What has become of a question by now."""

    ALOUD = "aloud"  # answered aloud in the meeting
    WRITTEN = "written"  # answered in writing, signed and published
    REOPENED = "reopened"  # answered in writing; its asker asked again
    ASSIGNED = "assigned"  # a unit owes the answer
    ACCEPTED = "accepted"  # and has accepted to
    DECLINED = "declined"  # declined by the unit, now with the host
    DRAFTED = "drafted"  # a draft is in clearance
    CLEARED = "cleared"  # cleared, waits for the signature
    REFUSED = "refused"
    PASSED_ON = "passed_on"
    MERGED = "merged"  # into the question before it
    WITHDRAWN = "withdrawn"
    HELD = "held"  # came after the closing


@dataclass(frozen=True, slots=True)
class Slip:
    """The date moved to `days` from the meeting, so many days `before` it; the reason is in Russian."""

    before: int
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported, so many days `before` the meeting (0: after its closing), with what shows it.

    A file's `rows` are a table that anybody can open. `is_done`: submitted, and accepted `accepted`
    days before the meeting; not yet where that is None.
    """

    before: int
    language: str
    text: str
    file: str = ""
    rows: tuple[str, ...] = ()
    is_done: bool = False
    accepted: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment: what, by which body's key, in how many days from the meeting, and what became of it."""

    text: Languages
    body: str
    days: int
    with_body: str = ""
    slips: tuple[Slip, ...] = ()
    reports: tuple[Reported, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A question: asked `before` days before the meeting (0 in it, -1 after it); `unit` is a body's key.

    `answered` is how many days before the meeting the written answer was published (0: after its closing).
    """

    language: str
    text: str
    end: End
    name: str = ""
    before: int = 0
    channel: str = "room"
    is_anonymous: bool = False
    unit: str = ""
    votes: tuple[int, int] = (0, 0)
    answer: Languages = field(default_factory=dict)
    answered: int = 0
    promise: Promise | None = None
    ground: str = ""
    reason: str = ""
    rating: int = 0


TITLE: Languages = {
    "kk": "Әлеуметтік тапсырыс пен гранттар: аудан ұйымдары қалай қатысады",
    "ru": "Социальный заказ и гранты: как участвовать организациям района",
    "en": "Social orders and grants: how organisations of a district take part",
}
SUMMARY: Languages = {
    "kk": "Семинар өтті: оның әр сұрағы тізілімде жауабына дейін жүреді.",
    "ru": "Семинар прошёл: каждый его вопрос идёт в реестре до ответа.",
    "en": "The seminar is over: each of its questions goes on in the register until it is answered.",
}

QUESTIONS: tuple[Told, ...] = (
    Told(
        "ru",
        "Можно ли подать заявку на социальный заказ из района, не приезжая в областной центр?",
        End.WRITTEN,
        "Представитель районного объединения",
        before=44,
        channel="site",
        unit="policy",
        answer={
            "ru": "Да. Заявка подаётся через портал, оригиналы документов не нужны. В районе помощь оказывает "
            "отдел внутренней политики: приём по вторникам и четвергам.",
            "kk": "Иә. Өтінім портал арқылы беріледі, құжаттардың түпнұсқасы қажет емес. Ауданда ішкі саясат "
            "бөлімі көмектеседі: қабылдау сейсенбі және бейсенбі күндері.",
        },
        answered=28,
        rating=5,
        promise=Promise(
            {
                "ru": "Провести в районах занятия по подаче заявок через портал",
                "kk": "Аудандарда портал арқылы өтінім беру бойынша сабақтар өткізу",
                "en": "Hold classes in the districts on applying through the portal",
            },
            "policy",
            -18,
            with_body="department",
            slips=(
                Slip(19, -8, "Занятия перенесены: в двух районах не было связи."),
                Slip(9, 12, "Остались три района; занятия в них согласованы с акиматами."),
            ),
            reports=(
                Reported(
                    10,
                    "ru",
                    "Занятия проведены в четырнадцати районах из семнадцати.",
                    "занятия-в-районах.csv",
                    ("Район;Занятий;Участников", "Зерендинский;2;41", "Аккольский;1;23", "Бурабайский;2;38"),
                ),
            ),
        ),
    ),
    Told(
        "kk",
        "Ауылдағы волонтерлер ұйымы заңды тұлға болмаса, шағын грантқа қатыса ала ма?",
        End.WRITTEN,
        "Ауыл волонтері",
        before=47,
        channel="site",
        unit="policy",
        answer={
            "kk": "Жоқ, грант заңды тұлғаға беріледі. Бірақ бастамашыл топ тіркелген ұйыммен бірге өтінім бере "
            "алады: серіктестік туралы хат жеткілікті. Хаттың үлгісі басқарма бетінде тұр.",
            "ru": "Нет, грант выдаётся юридическому лицу. Но инициативная группа может подать заявку вместе с "
            "зарегистрированной организацией: достаточно письма о партнёрстве. Образец письма стоит на странице "
            "управления.",
        },
        answered=12,
        rating=3,
        promise=Promise(
            {
                "kk": "Серіктестік туралы хаттың үлгісін басқарма бетіне қою",
                "ru": "Разместить образец письма о партнёрстве на странице управления",
                "en": "Put a sample letter of partnership on the directorate's page",
            },
            "policy",
            -10,
            reports=(
                Reported(
                    3,
                    "kk",
                    "Үлгі екі тілде бетке қойылды.",
                    "хат-үлгісі.txt",
                    (
                        "Серіктестік туралы хат",
                        "Біздің ұйым жобаны бастамашыл топпен бірге орындауға келіседі.",
                    ),
                    is_done=True,
                    accepted=2,
                ),
            ),
        ),
    ),
    Told(
        "ru",
        "Почему результаты конкурса прошлого года опубликованы без баллов по критериям?",
        End.ASSIGNED,
        "Руководитель объединения",
        before=45,
        channel="site",
        unit="social",
    ),
    Told(
        "kk",
        "Әлеуметтік тапсырыс бойынша есеп берудің үлгісі неге жыл сайын өзгереді?",
        End.CLEARED,
        "Ұйым есепшісі",
        before=40,
        channel="site",
        unit="policy",
        answer={
            "kk": "Үлгі заң талабы өзгергенде ғана жаңартылады. Келесі жылға арналған үлгі қазірден бекітілді, "
            "ол жыл ішінде өзгермейді.",
            "ru": "Форма обновляется только при изменении требований закона. Форма на следующий год уже "
            "утверждена и в течение года меняться не будет.",
        },
    ),
    Told(
        "ru",
        "Будет ли в этом году отдельная тема гранта для работы с пожилыми людьми в отдалённых сёлах?",
        End.REOPENED,
        "Социальный работник",
        before=30,
        channel="site",
        unit="social",
        answer={
            "ru": "Темы грантов утверждает Министерство. Предложение направлено в рабочую группу.",
            "kk": "Грант тақырыптарын министрлік бекітеді. Ұсыныс жұмыс тобына жіберілді.",
        },
        answered=14,
        rating=2,
        promise=Promise(
            {
                "ru": "Внести тему работы с пожилыми людьми в повестку рабочей группы",
                "kk": "Қарт адамдармен жұмыс тақырыбын жұмыс тобының күн тәртібіне енгізу",
                "en": "Put work with elderly people on the working group's agenda",
            },
            "social",
            -4,
            reports=(Reported(7, "ru", "Предложение направлено; заседание группы ещё не назначено."),),
        ),
        reason="Ответ не говорит, когда рабочая группа рассмотрит предложение и где увидеть её решение.",
    ),
    Told(
        "ru",
        "Когда объявят конкурс на малые гранты для сельских округов?",
        End.ALOUD,
        "Представитель молодёжной организации",
        votes=(8, 14),
        answer={
            "ru": "Конкурс объявят до конца следующего месяца, срок подачи — тридцать дней. Объявление выйдет на "
            "портале и в районных газетах.",
        },
        promise=Promise(
            {
                "ru": "Объявить конкурс малых грантов для сельских округов",
                "kk": "Ауылдық округтерге арналған шағын гранттар конкурсын жариялау",
                "en": "Announce the call for small grants to rural districts",
            },
            "committee",
            30,
        ),
    ),
    Told(
        "ru",
        "Скажите, когда начнётся приём заявок на гранты для сёл?",
        End.MERGED,
        "Житель района",
        votes=(2, 6),
    ),
    Told(
        "kk",
        "Ауылдық округтерге арналған грант қашан басталады?",
        End.MERGED,
        "Ауыл тұрғыны",
        votes=(1, 5),
    ),
    Told(
        "kk",
        "Аудандағы ұйымдарға өтінім жазуды кім үйретеді?",
        End.ALOUD,
        "Жастар орталығының маманы",
        votes=(6, 11),
        answer={
            "kk": "Жастар ресурстық орталығы ай сайын екі рет онлайн оқыту өткізеді, жазбасы бетте қалады. Кестесін "
            "орталық жариялайды.",
        },
        promise=Promise(
            {
                "kk": "Аудан ұйымдарына арналған онлайн оқытудың кестесін жариялау",
                "ru": "Опубликовать расписание онлайн-обучения для организаций районов",
                "en": "Publish the timetable of online training for organisations of the districts",
            },
            "youth",
            1,
            reports=(
                Reported(
                    0,
                    "kk",
                    "Кесте жарияланды.",
                    "оқыту-кестесі.csv",
                    (
                        "Күні;Уақыты;Тақырыбы",
                        "Сейсенбі;15:00;Өтінімді толтыру",
                        "Бейсенбі;15:00;Жоба сметасы",
                    ),
                    is_done=True,
                    accepted=0,
                ),
            ),
        ),
    ),
    Told(
        "ru",
        "Сколько организаций нашей области получили гранты в прошлом году и сколько человек они охватили?",
        End.ACCEPTED,
        "Журналист",
        unit="policy",
        votes=(5, 9),
    ),
    Told(
        "kk",
        "Грант алған ұйымның есебін тұрғындар қайдан көре алады?",
        End.WRITTEN,
        "Аудан тұрғыны",
        unit="policy",
        votes=(4, 8),
        answer={
            "kk": "Есептердің қысқаша нұсқасы келесі айдан бастап басқарма бетінде жарияланады. Толық есепті "
            "жазбаша сұрауға болады.",
            "ru": "Краткие версии отчётов будут публиковаться на странице управления со следующего месяца. Полный "
            "отчёт можно запросить письменно.",
        },
        promise=Promise(
            {
                "kk": "Грант алған ұйымдардың қысқаша есептерін жариялап отыру",
                "ru": "Публиковать краткие отчёты организаций, получивших гранты",
                "en": "Publish short reports of the organisations that received grants",
            },
            "policy",
            20,
        ),
    ),
    Told(
        "ru",
        "Прошу проверить, почему нашему объединению отказали в оплате последнего этапа договора.",
        End.PASSED_ON,
        "Руководитель объединения",
        votes=(1, 2),
        reason="Вопрос касается отдельного договора: он рассматривается как обращение.",
    ),
    Told(
        "ru",
        "Можно ли оплачивать из гранта дорогу участникам из отдалённых аулов?",
        End.DRAFTED,
        "Координатор проекта",
        unit="policy",
        votes=(7, 10),
        answer={
            "ru": "Да, если поездки участников названы в смете и подтверждены билетами или путевым листом.",
            "kk": "Иә, егер қатысушылардың жолы сметада көрсетіліп, билетпен немесе жол парағымен расталса.",
        },
    ),
    Told(
        "kk",
        "Ауданда кеңсе жалдауға көмек бола ма?",
        End.DECLINED,
        "Жастар ұйымының мүшесі",
        unit="youth",
        votes=(2, 4),
        reason="Ғимарат мәселесі орталықтың құзыретіне кірмейді.",
    ),
    Told(
        "ru",
        "Купите у нас бухгалтерскую программу для отчётов, скидка участникам семинара.",
        End.REFUSED,
        "Посетитель",
        ground="advertising",
    ),
    Told(
        "ru",
        "Когда отремонтируют дорогу до нашего села?",
        End.REFUSED,
        "Житель села",
        votes=(1, 3),
        ground="off_topic",
        reason="Вопрос не о грантах; его можно задать на встрече по развитию сёл или в акимате района.",
    ),
    Told(
        "kk",
        "Өтінімді қағазбен тапсыруға бола ма? Ауылда интернет нашар.",
        End.WRITTEN,
        "Ауыл ақсақалы",
        channel="phone",
        unit="department",
        votes=(3, 7),
        answer={
            "kk": "Болады. Қағаз өтінімді аудандық бөлім қабылдап, портал арқылы өзі енгізеді; көшірмесі мен "
            "нөмірі сол жерде беріледі.",
            "ru": "Можно. Бумажную заявку примет районный отдел и сам внесёт её в портал; копию и номер выдают на "
            "месте.",
        },
        rating=5,
    ),
    Told(
        "ru",
        "Учитывается ли опыт организации в других областях?",
        End.WITHDRAWN,
        "Участник семинара",
    ),
    Told(
        "kk",
        "Байқау комиссиясының құрамына қоғам өкілдерін қалай таңдайды?",
        End.ASSIGNED,
        "",
        is_anonymous=True,
        unit="committee",
        votes=(6, 12),
    ),
    Told(
        "ru",
        "Я не успел спросить: можно ли одной организации подать две заявки на разные темы?",
        End.HELD,
        "Участник семинара",
        before=-1,
        channel="site",
    ),
)

# Said from the stage, without a question behind it.
SAID_ON_STAGE = Promise(
    {
        "ru": "Провести день консультаций для организаций в каждом районе области",
        "kk": "Облыстың әр ауданында ұйымдарға кеңес беру күнін өткізу",
        "en": "Hold a day of advice for organisations in every district of the region",
    },
    "policy",
    60,
    with_body="youth",
)
# A key task that the chairman's report names.
SAID_IN_REPORT = Promise(
    {
        "ru": "Подготовить законопроект о поправках по вопросам государственной молодёжной политики",
        "kk": "Мемлекеттік жастар саясаты мәселелері бойынша түзетулер туралы заң жобасын әзірлеу",
        "en": "Prepare a draft law that amends several acts on state youth policy",
    },
    "committee",
    150,
)
# Said at the meeting before this one; reported as done, and waiting for a second person.
SAID_EARLIER = Promise(
    {
        "ru": "Опубликовать перечень социальных проектов области с контактами организаций",
        "kk": "Облыстағы әлеуметтік жобалардың тізбесін ұйымдардың байланыстарымен жариялау",
        "en": "Publish the list of the region's social projects with the organisations' contacts",
    },
    "youth",
    5,
    reports=(
        Reported(
            0,
            "kk",
            "Тізбе жасалды: жиырма екі жоба.",
            "жобалар-тізбесі.csv",
            (
                "Жоба;Ұйым;Аудан",
                "Ауыл кітапханасы;Жастар бірлестігі;Зеренді",
                "Аула спорты;Сенім қоры;Көкшетау",
            ),
            is_done=True,
        ),
    ),
)
REPORT_ON_AGENDA = 1  # the point of the agenda that is the chairman's report
