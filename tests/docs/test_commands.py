"""Every command of ours, with every option of its own, stands in the reference."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/reference/commands.md").read_text("utf-8")
SECTIONS = dict(
    re.findall(r"^## `kenes ([a-z-]+)[^`]*`\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL)
)
OURS = {name: app for name, app in get_commands().items() if str(app).startswith("kenes.")}


def own_options(name: str) -> list[str]:
    command = load_command_class(OURS[name], name)
    mine = command.create_parser("kenes", name)
    djangos = load_command_class("django.core", "check").create_parser("kenes", "check")
    common = {option for action in djangos._actions for option in action.option_strings}
    common.add("--skip-checks")
    options = {option for action in mine._actions for option in action.option_strings}
    return sorted(option for option in options - common if option.startswith("--"))


def test_there_are_commands_to_document() -> None:
    assert {"import_places", "load_shipped_places", "seed"} <= OURS.keys()


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_stands_in_the_reference_with_its_options(name: str) -> None:
    assert name.replace("_", "-") in SECTIONS
    section = SECTIONS[name.replace("_", "-")]
    assert [option for option in own_options(name) if f"`{option}" not in section] == []
