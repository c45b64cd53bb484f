"""How log lines are written: calm lines or JSON, with the request's id, and no personal datum.

What could carry one (an address of e-mail or network, a receipt's secret, a row quoted by the
database) is masked in the whole text of a line, exceptions included, whoever wrote it.
"""

import json
import logging
import re
import time
from collections.abc import Mapping
from typing import Any

from kenes.live.request_ids import request_id

MASK = "…"
_SECRET = re.compile(r"(/own/)(?!withdraw\b)[^/\s\"'?]+")
_QUERY = re.compile(r"(?<=/)\?[^\s\"']+")
_EMAIL = re.compile(r"[^\s\"'<>(),;:=\[\]]+@[^\s\"'<>(),;:=\[\]]+")
_IPV4 = re.compile(r"(?<![\w.])(?!127\.|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)")
_IPV6 = re.compile(
    r"(?<![\w:])(?!::1?(?![\w:]))(?:[0-9a-fA-F]{1,4}:){1,7}(?::?[0-9a-fA-F]{1,4}|:)(?::[0-9a-fA-F]{1,4})*(?![\w:])"
)
# PostgreSQL quotes the row or the key in whole.
_ROW = re.compile(r"^(\s*DETAIL:).*$", re.MULTILINE)


def mask(text: str) -> str:
    """Return the text without what could name a person."""
    text = _ROW.sub(rf"\1 {MASK}", text)
    text = _SECRET.sub(rf"\1{MASK}", text)
    text = _QUERY.sub("", text)
    text = _EMAIL.sub(f"{MASK}@{MASK}", text)
    text = _IPV4.sub(MASK, text)
    return _IPV6.sub(lambda found: MASK if _is_ipv6(found[0]) else found[0], text)


def _is_ipv6(text: str) -> bool:
    """A time of day (12:30:45) has colons too; an address has seven, or two side by side."""
    return "::" in text or text.count(":") == 7


class LineFormatter(logging.Formatter):
    """`2026-11-22 10:00:00,123 INFO kenes.live.relay message [request id]`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        current = request_id.get()
        line = mask(super().format(record))
        return f"{line} [{current}]" if current else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message, request_id, exception."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "at": instant(record.created),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        current = request_id.get()
        if current:
            fields["request_id"] = current
        if record.exc_info:
            fields["exception"] = mask(self.formatException(record.exc_info))
        return json_line(fields)


FORMATTERS: Mapping[str, type[logging.Formatter]] = {"lines": LineFormatter, "json": JsonFormatter}


def instant(seconds: float) -> str:
    """Return seconds since the epoch as UTC with milliseconds."""
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds % 1 * 1000):03d}Z"


def json_line(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)


def logging_settings(log_format: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard error, in one format."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": FORMATTERS[log_format]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "fontTools": {"level": "WARNING"},
            "weasyprint.progress": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
            # Refusals stand in the access lines; Django's own would quote whole addresses.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
        },
    }
