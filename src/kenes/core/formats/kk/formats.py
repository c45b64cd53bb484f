"""Dates, times and numbers as they are written in Kazakh (Django ships no formats for it).

Source: the practice of official papers, and CLDR for kk: the year first in words (2021 жылғы 12 ақпан),
digits as DD.MM.YYYY, a 24-hour clock, a comma for decimals, thousands parted by a space.
"""

DATE_FORMAT = "Y жылғы j E"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y жылғы j E, H:i"
YEAR_MONTH_FORMAT = "Y жылғы F"
MONTH_DAY_FORMAT = "j E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f"]
DATETIME_INPUT_FORMATS = [
    f"{day} {time}" for day in DATE_INPUT_FORMATS for time in ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f")
]

DECIMAL_SEPARATOR = ","
# A no-break space, so that a number is not torn apart at the end of a line.
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
