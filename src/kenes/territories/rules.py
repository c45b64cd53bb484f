"""What the digits of a KATO code say, and which clock a region goes by. Pure: no database.

Source: the classifier of administrative-territorial objects, NK RK 11-2025: two digits name the
region, two the district, two the rural district, three the settlement.
"""

import re
from datetime import date

from kenes.territories.states import PlaceLevel

ONE_ZONE_SINCE = date(2024, 3, 1)
ONE_ZONE = "Asia/Almaty"
# Towns under a district have 10 to 29 here and no rural district over them.
FIRST_RURAL_NUMBER = 30

_CODE = re.compile(r"[0-9]{9}", re.ASCII)


def is_kato(code: str) -> bool:
    """Say whether `code` has the form of a KATO code of a place (a region's number is not 00)."""
    return bool(_CODE.fullmatch(code)) and code[:2] != "00"


def level_of(code: str) -> PlaceLevel:
    """Return the level that the digits show."""
    if code[2:] == "0000000":
        return PlaceLevel.REGION
    if code[4:] == "00000":
        return PlaceLevel.DISTRICT
    if code[6:] == "000":
        return PlaceLevel.RURAL_DISTRICT
    return PlaceLevel.SETTLEMENT


def possible_parents(code: str) -> tuple[str, ...]:
    """Return the codes under which the place may stand, the nearest first; none for a region.

    A town stands straight under its district, a city's district straight under the city.
    """
    region, district, rural = f"{code[:2]}0000000", f"{code[:4]}00000", f"{code[:6]}000"
    match level_of(code):
        case PlaceLevel.REGION:
            return ()
        case PlaceLevel.DISTRICT:
            return (region,)
        case PlaceLevel.RURAL_DISTRICT:
            return (district, region) if _is_in_city(code) else (district,)
        case _:
            is_town = int(code[4:6]) < FIRST_RURAL_NUMBER
            return (rural, district) if is_town else (rural,)


def zone_of_clock(zone: str, *, on: date) -> str:
    """Return the IANA zone of a region's clocks on a day.

    Source: the Government's resolution on one hour zone, in force since 1 March 2024.
    """
    return zone if on < ONE_ZONE_SINCE else ONE_ZONE


def _is_in_city(code: str) -> bool:
    """Cities of republican significance have region numbers from 71 up."""
    return code[0] == "7"
