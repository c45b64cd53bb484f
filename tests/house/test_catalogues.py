"""Every text of ours stands in Kazakh and Russian: extracted anew, nothing is missing or doubtful."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils.translation import ngettext, override

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package whose catalogues were brought up to date with its sources."""
    copy = tmp_path_factory.mktemp("extracted") / "kenes"
    shutil.copytree(ROOT / "src" / "kenes", copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    command = [
        sys.executable,
        "-m",
        "kenes.config.command",
        "makemessages",
        "-l",
        "kk",
        "-l",
        "ru",
        "--no-location",
    ]
    environment = {**os.environ, "PYTHONPATH": str(copy.parent)}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    return copy / "locale"


def messages(locale: Path, language: str) -> list[Message]:
    with (locale / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def is_complete(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts) and not message.fuzzy


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_text_is_translated(extracted: Path, language: str) -> None:
    found = messages(extracted, language)
    assert [message.id for message in found if not is_complete(message)] == []
    assert len(found) > 700


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_translation_keeps_the_placeholders(extracted: Path, language: str) -> None:
    broken = []
    for message in filter(is_complete, messages(extracted, language)):
        if isinstance(message.id, tuple):
            continue
        if set(PLACEHOLDER.findall(message.id)) != set(PLACEHOLDER.findall(str(message.string))):
            broken.append(message.id)
    assert broken == []


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ru", ["1 вопрос", "2 вопроса", "5 вопросов", "11 вопросов", "21 вопрос", "22 вопроса"]),
        ("kk", ["1 сұрақ", "2 сұрақ", "5 сұрақ", "11 сұрақ", "21 сұрақ", "22 сұрақ"]),
    ],
)
def test_a_number_takes_the_form_its_language_asks_for(language: str, texts: list[str]) -> None:
    with override(language):
        said = [
            ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}
            for count in (1, 2, 5, 11, 21, 22)
        ]
    assert said == texts
