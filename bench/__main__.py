"""`./do bench [pages|fanout|mixed|write|read|register]`: run the measurements by name, all without one."""

import sys
import time
import traceback
from importlib import import_module

from bench.report import Result, Section, show, write

NAMES = ("pages", "fanout", "mixed", "write", "read", "register")


def main() -> int:
    """Run what is named on the command line; a limit that does not hold makes the exit code 1."""
    names = sys.argv[1:] or list(NAMES)
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"No such measurement: {', '.join(unknown)}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    verdicts = [_measure(name) for name in names]
    return 0 if all(verdicts) else 1


def _measure(name: str) -> bool:
    began = time.monotonic()
    # Loaded when its turn comes: the processes that make the load begin with this module too.
    section = _section(name)
    show(section)
    write(section)
    print(f"  {name} took {time.monotonic() - began:.0f} s")
    return bool(section.holds)


def _section(name: str) -> Section:
    """Measure; what breaks is shown in full, and named in the page instead of figures."""
    try:
        return import_module(f"bench.{name}").main()
    except Exception as error:
        traceback.print_exc()
        broken = Result(
            "the measurement broke", [1], "times", most=0, remark=f"{type(error).__name__}: {error}"
        )
        return Section(name, name.capitalize(), [broken])


if __name__ == "__main__":
    sys.exit(main())
