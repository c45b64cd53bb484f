"""What was written by hand of each case, read into days and the words that the page must say of them.

`counted` names the days that count, month by month. `skipped` names the others from receipt to the due
date, each with its reason: `Mar 5 reg; 6 7 13 14 20 w; 8 Women; 21-23 Nauryz; 24 for Nauryz` is the day
of registration, weekly days off, 8 March, three days of Nauryz and the one given for its Sunday.
"""

from dataclasses import replace
from datetime import date

from deadlines import samples
from deadlines.cases import Case, current_run
from kenes.deadlines.known_holidays import known_days

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
OCCASIONS = {
    "New Year": "New Year's Day",
    "Christmas": "Orthodox Christmas",
    "Women": "International Women's Day",
    "Nauryz": "Nauryz",
    "Unity": "Kazakhstan's People Solidarity Holiday",
    "Defender": "Defender of the Fatherland Day",
    "Victory": "Victory Day",
    "Ait": "Kurban Ait",
    "Capital": "Capital Day",
    "Independence": "Independence Day",
    "holiday": "holiday",
}
SENTENCES = {
    "reg": "day of registration, counting starts the next day",
    "late": "received after working hours, not counted",
    "w": "weekly day off, not counted",
    "stood": "the clock stood, not counted",
    "made up": "added for a day on which the clock stood",
    "moved from 3 July": "day off moved from 3 July 2021, not counted",
    "moved from 5 January": "day off moved from 5 January 2025, not counted",
    **{word: f"{name}, not counted" for word, name in OCCASIONS.items()},
    **{f"for {word}": f"day off in place of {name}, not counted" for word, name in OCCASIONS.items()},
}
# Officially worked, in the place of the Monday and the Friday beside their holidays.
WORKED = {
    date(2021, 7, 3): "worked instead of 5 July 2021, counted",
    date(2025, 1, 5): "worked instead of 3 January 2025, counted",
}
NAMED = replace(
    samples.CALENDAR,
    days={
        known.special.day: known.special for year in (2021, 2025, 2026) for known in known_days(year, year)
    },
)


def begun_on(case: Case) -> date:
    """Return the day of receipt of the run that holds."""
    return current_run(case)[1].date()


def counted_by_hand(case: Case) -> list[date]:
    found: list[date] = []
    for word in case.counted.split():
        if word.endswith(":"):
            year, month = word[:-1].split("-")
        else:
            found.append(date(int(year), int(month), int(word)))
    return found


def skipped_by_hand(case: Case) -> dict[date, str]:
    """Return the sentence of every day that was written down as not counted."""
    first = begun_on(case)
    year, month = first.year, first.month
    found: dict[date, str] = {}
    for group in case.skipped.split(";"):
        days: list[date] = []
        words = group.split()
        while words[0] in MONTHS or words[0][0].isdigit():
            word = words.pop(0)
            if word in MONTHS:
                month = MONTHS.index(word) + 1
                year = first.year + (month < first.month)
            else:
                since, _, until = word.partition("-")
                days += [date(year, month, day) for day in range(int(since), int(until or since) + 1)]
        found |= dict.fromkeys(days, SENTENCES[" ".join(words)])
    return found
