"""The calendar file that the Swift tests write is what another program reads (PyPI icalendar)."""

import datetime
import pathlib

import icalendar

FILE = pathlib.Path(__file__).resolve().parents[2] / "Tests/InterchangeTests/Fixtures/ics/everything.ics"


def read():
    return icalendar.Calendar.from_ical(FILE.read_bytes())


def entries(kind):
    return {str(entry["UID"]): entry for entry in read().walk(kind)}


def test_nothing_is_broken():
    calendar = read()
    assert calendar.errors == []
    assert all(part.errors == [] for part in calendar.walk())
    assert calendar["VERSION"] == "2.0" and calendar.calendar_name.startswith("Bills")
    assert [part.name for part in calendar.subcomponents] == ["VEVENT", "VEVENT", "VTODO", "VTODO"]


def test_a_recurring_bill():
    rent = entries("VEVENT")["bill-1@martlet"]
    assert rent["SUMMARY"] == "Rent; 950.00 EUR, Müller \\ Söhne"
    assert rent["DESCRIPTION"] == "First line\nsecond line\nthird"
    assert rent["CATEGORIES"].cats == ["Home", "a,b;c"]
    assert rent["DTSTART"].dt == datetime.date(2026, 1, 31)
    assert rent["RRULE"].to_ical() == b"FREQ=MONTHLY;COUNT=6;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    assert [day.dt for day in rent["EXDATE"].dts] == [datetime.date(2026, 3, 31)]
    assert [day.dt for day in rent["RDATE"].dts] == [datetime.date(2026, 2, 14)]
    assert rent["URL"] == "https://example.org/bills/1?a=b%20c%22"
    alarm, = rent.walk("VALARM")
    assert alarm["TRIGGER"].dt == datetime.timedelta(hours=-15)


def test_a_single_day():
    once = entries("VEVENT")["bill-2@martlet/2026-05-05"]
    assert once["SUMMARY"] == "🧾é" * 40
    assert once["DTSTART"].dt == datetime.date(2026, 5, 5)
    assert once["DTSTAMP"].dt == datetime.datetime(1969, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)
    assert once["STATUS"] == "CANCELLED"


def test_things_to_do():
    todo, done = (entries("VTODO")[f"task-{number}@martlet"] for number in (1, 2))
    assert todo["SUMMARY"] == "Call\nthe bank"
    assert todo["DUE"].dt == datetime.date(2026, 6, 1)
    assert (todo["STATUS"], todo["PRIORITY"]) == ("IN-PROCESS", 1)
    alarm, = todo.walk("VALARM")
    assert alarm["TRIGGER"].dt == datetime.timedelta(hours=9)
    assert alarm["TRIGGER"].params["RELATED"] == "END"
    assert "DUE" not in done
    assert done["STATUS"] == "COMPLETED" and done["COMPLETED"].dt.year == 2026


def test_lines_are_short():
    lines = FILE.read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b"" and not any(b"\n" in line for line in lines)
