"""How the demonstration's directorate clears answers, and the texts it begins with."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoStep:
    """A step of clearance: its name by language, and which kind of the body's people clears it."""

    name: Mapping[str, str]
    kind: str


@dataclass(frozen=True, slots=True)
class DemoTemplate:
    """A text to begin an answer with, by language."""

    name: str
    text: Mapping[str, str]


BODY = "policy"

STEPS = (
    DemoStep({"kk": "Заңдық сараптама", "ru": "Правовая экспертиза", "en": "Legal opinion"}, "clearer"),
    DemoStep({"kk": "Басшының келісуі", "ru": "Согласование руководителя", "en": "The head agrees"}, "head"),
)

TEMPLATES = (
    DemoTemplate(
        "Жауап · Ответ",
        {
            "kk": "«{meeting}» кездесуінде ({day}) қойылған {code} сұрағыңызға {unit} мынаны хабарлайды.",
            "ru": "{unit} сообщает в ответ на вопрос {code}, заданный на встрече «{meeting}» ({day}).",
            "en": "{unit} answers question {code}, asked at “{meeting}” on {day}.",
        },
    ),
)
