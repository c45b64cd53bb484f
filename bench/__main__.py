"""`./do bench [pages]`: run the measurements by name, all without one."""

import sys

from bench import pages

MEASUREMENTS = {"pages": pages.main}


def main() -> int:
    """Run what is named on the command line; a failed limit makes the exit code 1."""
    names = sys.argv[1:] or list(MEASUREMENTS)
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(
            f"No such measurement: {', '.join(unknown)}. There are: {', '.join(MEASUREMENTS)}.",
            file=sys.stderr,
        )
        return 2
    return max(MEASUREMENTS[name]() for name in names)


if __name__ == "__main__":
    sys.exit(main())
