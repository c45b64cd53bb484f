"""Bodies of the demonstration, in every kind; names are of offices, not of people."""

from dataclasses import dataclass

from kenes.organisations.states import BodyKind as K

Languages = dict[str, str]


@dataclass(frozen=True, slots=True)
class DemoBody:
    """A body: `parent` is another body's key, `kato` the code of its place."""

    key: str
    kind: K
    name: Languages
    short: Languages
    parent: str = ""
    kato: str = ""


BODIES: tuple[DemoBody, ...] = (
    DemoBody(
        "ministry",
        K.MINISTRY,
        {
            "kk": "Ақпарат және қоғамдық даму министрлігі (көрсетілім)",
            "ru": "Министерство информации и общественного развития (демонстрация)",
            "en": "Ministry of Information and Social Development (demonstration)",
        },
        {"kk": "Министрлік", "ru": "Министерство", "en": "Ministry"},
    ),
    DemoBody(
        "committee",
        K.COMMITTEE,
        {
            "kk": "Жастар және отбасы істері комитеті",
            "ru": "Комитет по делам молодёжи и семьи",
            "en": "Committee for Youth and Family Affairs",
        },
        {"kk": "Комитет", "ru": "Комитет", "en": "Committee"},
        parent="ministry",
    ),
    DemoBody(
        "policy",
        K.DIRECTORATE,
        {
            "kk": "Ақмола облысының ішкі саясат басқармасы",
            "ru": "Управление внутренней политики Акмолинской области",
            "en": "Internal Policy Directorate of Akmola Region",
        },
        {
            "kk": "Ішкі саясат басқармасы",
            "ru": "Управление внутренней политики",
            "en": "Internal Policy Directorate",
        },
        kato="110000000",
    ),
    DemoBody(
        "social",
        K.DIRECTORATE,
        {
            "kk": "Ақмола облысының қоғамдық даму басқармасы",
            "ru": "Управление общественного развития Акмолинской области",
            "en": "Social Development Directorate of Akmola Region",
        },
        {
            "kk": "Қоғамдық даму басқармасы",
            "ru": "Управление общественного развития",
            "en": "Social Development Directorate",
        },
        kato="110000000",
    ),
    DemoBody(
        "department",
        K.DEPARTMENT,
        {
            "kk": "Зеренді ауданының ішкі саясат бөлімі",
            "ru": "Отдел внутренней политики Зерендинского района",
            "en": "Internal Policy Department of Zerendi District",
        },
        {"kk": "Ішкі саясат бөлімі", "ru": "Отдел внутренней политики", "en": "Internal Policy Department"},
        parent="policy",
        kato="115600000",
    ),
    DemoBody(
        "youth",
        K.YOUTH_CENTRE,
        {
            "kk": "Ақмола облыстық жастар ресурстық орталығы",
            "ru": "Молодёжный ресурсный центр Акмолинской области",
            "en": "Youth Resource Centre of Akmola Region",
        },
        {
            "kk": "Жастар ресурстық орталығы",
            "ru": "Молодёжный ресурсный центр",
            "en": "Youth Resource Centre",
        },
        parent="policy",
        kato="110000000",
    ),
    DemoBody(
        "ngo",
        K.NGO,
        {
            "kk": "Облыстық жастар бірлестігі (ойдан алынған үлгі)",
            "ru": "Областное молодёжное объединение (вымышленный пример)",
            "en": "Regional youth association (an invented example)",
        },
        {"kk": "Жастар бірлестігі", "ru": "Молодёжное объединение", "en": "Youth association"},
        kato="110000000",
    ),
    DemoBody(
        "media",
        K.MEDIA,
        {
            "kk": "Облыстық газет (ойдан алынған үлгі)",
            "ru": "Областная газета (вымышленный пример)",
            "en": "Regional newspaper (an invented example)",
        },
        {"kk": "Облыстық газет", "ru": "Областная газета", "en": "Regional newspaper"},
        kato="110000000",
    ),
)
