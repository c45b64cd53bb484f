#!/usr/bin/env bash
# Kenes, one script: set up, run, test, check, seed, bench.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

VENV=.venv
BUILD=build
STAMPS=$BUILD/stamps
MINIMUM_PYTHON="3.11"
NO_SYSTEM=${KENES_NO_SYSTEM:-}

usage() {
  cat <<'TEXT'
usage: ./do COMMAND [options]

  run    set everything up, load the demo once, serve on 127.0.0.1:8000  (--port, --bind, --no-system)
  setup  the set-up alone; afterwards the program is .venv/bin/kenes
  test   set up what tests need, then linters, types, contracts and all tests
  check  linters, types, contracts (--full: the whole browser matrix too)
  seed   load the demo's content into the data folder
  bench  measure against peers and limits  (pages, fanout, mixed, write, read, register; all without a name)
  lock   write the lock files anew from pyproject.toml, keeping versions that still fit  (--upgrade)

Data live under KENES_DATA_DIR (default ./var). --no-system never installs a Debian package.
TEXT
}

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
warn() { printf '\033[33m  !\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[31m  x\033[0m %s\n' "$*" >&2; exit 1; }

digest() { cat "$@" 2>/dev/null | sha256sum | cut -c1-16; }
is_done() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
mark_done() { mkdir -p "$STAMPS"; printf '%s' "$2" >"$STAMPS/$1"; }

find_python() {
  local candidate
  for candidate in ${KENES_PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "Python $MINIMUM_PYTHON or newer is needed; on Debian or Ubuntu: apt-get install python3 python3-venv"
}

# Debian packages: named first, installed only as root or with sudo, never with --no-system.
# Sets MISSING to those that could not be had.
MISSING=""
want_packages() { # purpose package...
  local purpose=$1 package absent=()
  shift
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || absent+=("$package")
  done
  [ ${#absent[@]} -eq 0 ] && return
  say "Debian packages wanted for $purpose: ${absent[*]}"
  local as=""
  if [ -n "$NO_SYSTEM" ]; then
    warn "not installed (--no-system)"; MISSING="$MISSING ${absent[*]}"; return
  elif ! command -v apt-get >/dev/null; then
    warn "no apt-get on this system; install them in its own way"; MISSING="$MISSING ${absent[*]}"; return
  elif [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then as="sudo"; else
      warn "neither root nor sudo without a password; to install: sudo apt-get install ${absent[*]}"
      MISSING="$MISSING ${absent[*]}"; return
    fi
  fi
  export DEBIAN_FRONTEND=noninteractive
  $as apt-get install -y -qq --no-install-recommends "${absent[@]}" >"$BUILD/apt.log" 2>&1 ||
    { $as apt-get update -qq >"$BUILD/apt.log" 2>&1 &&
      $as apt-get install -y -qq --no-install-recommends "${absent[@]}" >>"$BUILD/apt.log" 2>&1; } ||
    { warn "could not be installed (see $BUILD/apt.log)"; MISSING="$MISSING ${absent[*]}"; }
}

setup_python() { # lock file
  local lock=$1 stamp python
  stamp=$(digest "$lock" pyproject.toml)
  if is_done python "$stamp" || { [ "$lock" = requirements.lock ] && is_done python "$(digest requirements-dev.lock pyproject.toml)"; }; then
    return
  fi
  python=$(find_python)
  if [ ! -x $VENV/bin/python ]; then
    say "Making the virtual environment ($("$python" --version))"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || {
      want_packages "a virtual environment" python3-venv
      "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "the module venv is missing: apt-get install python3-venv"
    }
    "$python" -m venv $VENV
  fi
  say "Installing Python packages from $lock (checked by their hashes)"
  $VENV/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  $VENV/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  mark_done python "$stamp"
}

npm_command() {
  if command -v npm >/dev/null && npm --version >/dev/null 2>&1; then
    echo npm
    return
  fi
  if [ ! -x $BUILD/node/bin/npm ]; then
    say "No npm here: taking Node.js from PyPI for the build"
    $VENV/bin/python -m venv $BUILD/node
    $BUILD/node/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
  fi
  echo "$BUILD/node/bin/npm"
}

setup_frontend() { # "run": only what pages load
  local stamp npm
  stamp=$(digest package.json package-lock.json)
  if is_done npm "$stamp" || { [ -n "${1:-}" ] && is_done npm-run "$stamp"; }; then return; fi
  npm=$(npm_command)
  say "Installing front-end packages"
  PATH="$PWD/$(dirname "$npm"):$PATH" "$npm" ci --ignore-scripts --loglevel=error ${1:+--omit=dev --omit=optional} >&2
  if [ -n "${1:-}" ]; then mark_done npm-run "$stamp"; else mark_done npm "$stamp"; mark_done npm-run "$stamp"; fi
}

setup_assets() {
  local stamp
  stamp=$(find src/kenes -path '*/static/*' -type f -o -name '*.po' -type f -o -path '*/config/assets.py' | sort | xargs cat package-lock.json | sha256sum | cut -c1-16)
  is_done assets "$stamp" && return
  say "Building assets: catalogues, font, static files"
  $VENV/bin/kenes build-assets >&2
  mark_done assets "$stamp"
}

# What a PDF is set with (WeasyPrint's libraries).
PDF_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

setup() {
  mkdir -p $BUILD
  want_packages "minutes as PDF" "${PDF_PACKAGES[@]}"
  setup_python requirements.lock
  setup_frontend run
  setup_assets
}

setup_tests() {
  mkdir -p $BUILD
  want_packages "tests" chromium curl gettext postgresql nginx libreoffice-writer-nogui "${PDF_PACKAGES[@]}"
  setup_python requirements-dev.lock
  setup_frontend
  setup_assets
  [ -z "$MISSING" ] || warn "without$MISSING some tests cannot run; they are named below as skipped"
}

prepare_data() {
  local dir=${KENES_DATA_DIR:-var} stamp
  stamp=$(find src/kenes -path '*/migrations/*.py' -type f -o -path '*/demo/*.py' -type f | sort | xargs cat | sha256sum | cut -c1-16)
  if [ "$(cat "$dir/prepared" 2>/dev/null)" = "$stamp" ]; then return; fi
  mkdir -p "$dir"
  say "Preparing the data in $dir"
  $VENV/bin/kenes migrate --verbosity 0
  $VENV/bin/kenes seed
  printf '%s' "$stamp" >"$dir/prepared"
}

run() {
  setup
  export KENES_DEMO=${KENES_DEMO:-on}
  prepare_data
  exec $VENV/bin/kenes serve "$@"
}

setup_bench() { # the product's packages and the peers' (which the lock adds), in an environment of their own
  local lock=requirements-bench.lock stamp
  want_packages "measuring" nginx libnginx-mod-nchan redis-server postgresql
  [ -z "$MISSING" ] || warn "without$MISSING some measurements cannot run"
  stamp=$(digest requirements.lock $lock)
  is_done bench "$stamp" && return
  say "Installing the peers' packages from $lock (checked by their hashes)"
  "$(find_python)" -m venv $BUILD/bench-venv
  $BUILD/bench-venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r $lock
  mark_done bench "$stamp"
}

lock() { # extras stay in the names: an older pip would else take a newer release for them, which has no hash here
  mkdir -p $BUILD
  [ -x $BUILD/uv/bin/uv ] || { "$(find_python)" -m venv $BUILD/uv && $BUILD/uv/bin/pip install --quiet uv; }
  local compile=($BUILD/uv/bin/uv pip compile pyproject.toml --quiet --universal --generate-hashes
    --no-header --no-annotate --no-strip-extras "$@")
  "${compile[@]}" --group build --output-file requirements.lock
  "${compile[@]}" --group build --group dev --output-file requirements-dev.lock
}

linters() {
  say "Linters and formats"
  $VENV/bin/ruff check .
  $VENV/bin/ruff format --check --quiet .
  $VENV/bin/djlint src --lint --quiet
  node_modules/@biomejs/cli-linux-*/biome ci --colors=off --error-on-warnings src tests/javascript
  say "Contracts of the house"
  $VENV/bin/lint-imports --no-cache | tail -n 8
  say "Types"
  $VENV/bin/mypy
  say "Migrations"
  $VENV/bin/kenes makemigrations --check --dry-run
}

check() {
  setup_tests
  linters
  if [ "${1:-}" = "--full" ]; then $VENV/bin/pytest -m browser --full-matrix; fi
}

run_tests() {
  export PATH="$PWD/$VENV/bin:$PATH"
  setup_tests
  linters
  say "Unit tests"
  pytest -n 2 -m "not browser and not service" --cov=kenes --cov-branch --cov-report= --cov-fail-under=90 "$@"
  say "Tests with real browsers and on PostgreSQL, and beside them those with real servers"
  local served=0 browsed=0 browsers
  browse "$@" >$BUILD/browser.log 2>&1 & browsers=$!
  real service "$SERVED" "$@" || served=$?
  wait $browsers || browsed=$?
  cat $BUILD/browser.log
  [ $served -le 1 ] && [ $browsed -le 1 ] || fail "the tests themselves broke off (pytest ended with $served and $browsed)"
  [ $served -eq 0 ] && [ $browsed -eq 0 ] && return
  # These wait on real clocks; on a busy machine one may lose its race. What fails twice has failed.
  say "Trying once more, alone, what failed there"
  browse --last-failed --last-failed-no-failures none "$@"
  real service "$SERVED" --last-failed --last-failed-no-failures none "$@"
}

SERVED="service and not browser and not databases"

browse() { # two runs that take about as long as the one beside them; the worse of their codes
  local browsed=0 compared=0
  real browser "browser" "$@" || browsed=$?
  real databases "databases" "$@" || compared=$?
  return $((browsed > compared ? browsed : compared))
}

real() { # name marks...: tests that start programs; to have none of them among those asked for is no failure
  local name=$1 marks=$2 code=0
  shift 2
  pytest -o cache_dir="$BUILD/pytest-$name" -m "$marks" "$@" || code=$?
  [ $code -eq 5 ] || return $code
}

command=${1:-help}
[ $# -gt 0 ] && shift
arguments=()
for argument in "$@"; do
  if [ "$argument" = "--no-system" ]; then NO_SYSTEM=1; else arguments+=("$argument"); fi
done
set -- ${arguments[@]+"${arguments[@]}"}

case $command in
  run) run "$@" ;;
  setup) setup && say "Ready: $VENV/bin/kenes serve" ;;
  test) run_tests "$@" ;;
  check) check "$@" ;;
  seed) setup && export KENES_DEMO=${KENES_DEMO:-on} && $VENV/bin/kenes migrate --verbosity 0 && exec $VENV/bin/kenes seed "$@" ;;
  lock) lock "$@" ;;
  bench) setup_tests && setup_bench && exec $VENV/bin/python -m bench "$@" ;;
  help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
