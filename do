#!/usr/bin/env bash
# Placeholder until the set-up lands: runs the unit tests in a virtual environment.
set -euo pipefail
cd "$(dirname "$0")"
[ -d .venv ] || { python3 -m venv .venv && .venv/bin/pip install --quiet --require-hashes -r requirements-dev.lock && .venv/bin/pip install --quiet --no-deps -e .; }
case "${1:-}" in
  test) exec .venv/bin/pytest ;;
  *) echo "usage: ./do test" >&2; exit 2 ;;
esac
