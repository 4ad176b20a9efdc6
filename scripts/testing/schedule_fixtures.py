#!/usr/bin/env python3
"""Writes what others compute beside the tests of schedules: days of random rules, and holidays.

    pip install python-dateutil==2.9.0.post0 holidays==0.109
    python3 scripts/testing/schedule_fixtures.py

Rules on which python-dateutil is known to leave RFC 5545 are not drawn: BYSETPOS of weeks (it counts the first
week from its first day on), and BYDAY that mixes days with and without a number (it asks for both).
"""

import itertools
import pathlib
import random

import holidays
from dateutil.rrule import rrulestr

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests/LedgerTests/Schedules/Fixtures"
RULES, DATES, LAST_YEAR = 300, 20, 2199
YEARS = range(2024, 2034)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
COUNTRIES = {
    "AT": {}, "BE": {}, "CA": {"categories": ("government", "public")}, "CH": {}, "DE": {}, "ES": {},
    "FR": {}, "GB": {"subdiv": "ENG"}, "IE": {}, "IT": {}, "NL": {}, "PL": {}, "SE": {}, "US": {},
}


def some(source, choices, most):
    return sorted(source.sample(choices, source.randint(1, most)))


def numbers(part, values):
    return f"{part}={','.join(map(str, values))}"


def weekdays(source, frequency):
    days = [DAYS[index] for index in some(source, range(7), 4)]
    if frequency in ("DAILY", "WEEKLY") or source.random() < 0.4:
        return days
    limit = 5 if frequency == "MONTHLY" else 20
    return [f"{source.choice([-1, 1]) * source.randint(1, limit)}{day}" for day in days]


def rule(source):
    frequency = source.choice(["DAILY", "WEEKLY", "MONTHLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"])
    parts = [f"FREQ={frequency}"]
    if source.random() < 0.4:
        parts.append(f"INTERVAL={source.randint(2, 7)}")
    lists = []
    if source.random() < 0.3:
        lists.append(numbers("BYMONTH", some(source, range(1, 13), 4)))
    if frequency != "WEEKLY" and source.random() < 0.4:
        days = [day for day in range(-31, 32) if day]
        lists.append(numbers("BYMONTHDAY", some(source, days, 4)))
    if source.random() < 0.45:
        lists.append("BYDAY=" + ",".join(weekdays(source, frequency)))
    if lists and frequency != "WEEKLY" and source.random() < 0.3:
        lists.append(numbers("BYSETPOS", some(source, [-3, -2, -1, 1, 2, 3], 2)))
    parts += lists
    if source.random() < 0.3:
        parts.append(f"WKST={source.choice(DAYS)}")
    end = source.random()
    if end < 0.2:
        parts.append(f"COUNT={source.randint(1, 30)}")
    elif end < 0.4:
        parts.append(f"UNTIL={source.randint(2025, 2040)}{source.randint(1, 12):02}15")
    return ";".join(parts)


def write(name, lines):
    (FOLDER / name).write_text("# Written by scripts/testing/schedule_fixtures.py\n" + "\n".join(lines) + "\n")


def main():
    source = random.Random(5545)
    lines = []
    while len(lines) < RULES:
        text = rule(source)
        start = f"{source.randint(1990, 2030)}{source.randint(1, 12):02}{source.randint(1, 28):02}"
        every = rrulestr(f"DTSTART:{start}T000000\nRRULE:{text}")
        days = itertools.takewhile(lambda day: day.year <= LAST_YEAR, every)
        try:
            first = [f"{day:%Y%m%d}" for day in itertools.islice(days, DATES)]
        except IndexError:
            continue  # A fifth or twentieth weekday that a month has not.
        lines.append(f"{text} {start} {','.join(first)}")
    write("recurrence.txt", lines)

    lines = []
    calendars = {code: holidays.country_holidays(code, years=YEARS, **options)
                 for code, options in COUNTRIES.items()}
    calendars["TARGET2"] = holidays.financial_holidays("ECB", years=YEARS)
    for code, days in calendars.items():
        for year in YEARS:
            # Sundays are days off everywhere; only some lists name those that are holidays too.
            found = [f"{day:%m%d}" for day in sorted(days) if day.year == year and day.weekday() < 5]
            lines.append(f"{code} {year} {','.join(found)}")
    write("holidays.txt", lines)


if __name__ == "__main__":
    main()
