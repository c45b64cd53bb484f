"""One typed reader of `KENES_*` variables; a bad value is named with what would be right."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


class Environment:
    """Reads settings from a mapping of environment variables, all prefixed `KENES_`."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(f"KENES_{name}", default).strip()

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """Return one of the options; the first is the default."""
        value = self.text(name, options[0]).lower() or options[0]
        if value not in options:
            raise ImproperlyConfigured(f"KENES_{name} must be one of {', '.join(options)}, not {value!r}.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise ImproperlyConfigured(f"KENES_{name} must be on or off, not {value!r}.")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.isdecimal() or int(value) < least:
            raise ImproperlyConfigured(
                f"KENES_{name} must be a whole number of at least {least}, not {value!r}."
            )
        return int(value)

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        value = self.text(name)
        return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)

    def folder(self, name: str, default: Path) -> Path:
        value = self.text(name)
        return Path(value).expanduser().resolve() if value else default
