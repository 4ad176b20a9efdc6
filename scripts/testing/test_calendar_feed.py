"""A calendar as a calendar program gets it: over HTTP, at its secret address, read by PyPI icalendar."""

import datetime
import http.client
import urllib.parse

import icalendar
import pytest

from harness.client import Client
from harness.server import Martlet, default_binary

TODAY = datetime.datetime.now(datetime.timezone.utc).date()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Martlet(tmp_path_factory.mktemp("feed") / "data", binary=default_binary(), LOG_LEVEL="debug") as server:
        yield server


@pytest.fixture(scope="module")
def ann(server):
    return Client(server.url).register()


@pytest.fixture(scope="module")
def feed(ann):
    ann.expect(201, "POST", "tasks", {
        "title": "Call; the bank, \\ twice é 🧾 " + "long " * 30, "due_on": day(5), "priority": "urgent",
        "description": "One\r\ntwo\nEND:VTODO", "tags": ["a,b;c"]})
    ann.expect(201, "POST", "tasks", {"title": "Done already", "status": "done"})
    account = ann.account("Checking", "5000.00")
    rent = {"name": "Rent, flat", "direction": "expense", "account_id": account, "amount": "950.00",
            "payee": "Homes Ltd", "start_on": day(-5), "repeat": "FREQ=WEEKLY", "remind_days": 3,
            "note": "By standing order"}
    ann.expect(201, "POST", "bills", rent)
    skipped = ann.expect(201, "POST", "bills", {**rent, "name": "Skipped", "payee": "Other", "repeat": None,
                                                "start_on": day(4)}).data["id"]
    ann.expect(200, "POST", f"bills/{skipped}/occurrences/{day(4)}/skip")
    assert ann.spend(account, "950.00", "Homes Ltd", date=day(-5)).status == 201
    made = ann.expect(201, "POST", "calendar/feeds", {"name": "Ann's home", "includes": ["bills", "tasks"]})
    return made.data


def fetch(server, feed, **headers):
    """As a program that knows nothing but the address."""
    path = urllib.parse.urlsplit(feed["address"]).path
    place = urllib.parse.urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    connection.request("GET", path, headers=headers)
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply, content


def read(content):
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    assert all(part.errors == [] for part in calendar.walk())
    assert max(map(len, content.split(b"\r\n"))) <= 75
    return calendar


def test_tasks_are_things_to_do(server, feed):
    reply, content = fetch(server, feed)
    assert (reply.status, reply.getheader("Content-Type")) == (200, "text/calendar; charset=utf-8")
    calendar = read(content)
    assert calendar.calendar_name == "Ann's home" and calendar["VERSION"] == "2.0"
    todo, done = calendar.walk("VTODO")
    assert todo["SUMMARY"] == ("Call; the bank, \\ twice é 🧾 " + "long " * 30).strip()
    assert todo["DESCRIPTION"] == "One\ntwo\nEND:VTODO"
    assert todo["DUE"].dt.isoformat() == day(5)
    assert (todo["STATUS"], todo["PRIORITY"], todo["CATEGORIES"].cats) == ("NEEDS-ACTION", 1, ["a,b;c"])
    assert (done["STATUS"], "DUE" in done) == ("COMPLETED", False)
    assert done["COMPLETED"].dt.date() == TODAY
    assert len({str(part["UID"]) for part in calendar.walk("VTODO")}) == 2


def test_bills_are_days(server, feed):
    events = read(fetch(server, feed)[1]).walk("VEVENT")
    by_day = {event["DTSTART"].dt.isoformat(): event for event in events}
    assert len(by_day) == len(events) == 54, "a week ago's, and one each week for a year"
    assert len({str(event["UID"]) for event in events}) == len(events)
    paid, ahead = by_day[day(-5)], by_day[day(2)]
    assert paid["SUMMARY"] == "Rent, flat 950.00 EUR (paid)" and not paid.walk("VALARM")
    assert ahead["SUMMARY"] == "Rent, flat 950.00 EUR" and ahead["DESCRIPTION"] == "By standing order"
    alarm, = ahead.walk("VALARM")
    assert alarm["TRIGGER"].dt == datetime.timedelta(days=-3, hours=9)
    assert ahead["TRANSP"] == "TRANSPARENT" and ahead["STATUS"] == "CONFIRMED"


def test_it_is_not_sent_again_unchanged(server, ann, feed):
    reply, content = fetch(server, feed)
    tag = reply.getheader("ETag")
    again, nothing = fetch(server, feed, **{"If-None-Match": tag})
    assert (again.status, nothing, again.getheader("ETag")) == (304, b"", tag)
    ann.expect(201, "POST", "tasks", {"title": "Another"})
    changed, more = fetch(server, feed, **{"If-None-Match": tag})
    assert changed.status == 200 and len(read(more).walk("VTODO")) == 3


def test_the_secret_is_in_no_log_and_on_no_disk(server, feed):
    secret = feed["address"].rsplit("/", 1)[1].removesuffix(".ics")
    fetch(server, feed)
    assert "feeds/{file}" in server.log_text() and secret not in server.log_text()
    for file in server.folder.rglob("*"):
        if file.is_file():
            assert secret.encode() not in file.read_bytes(), file


def test_it_ends_at_once(server, ann, feed):
    ann.expect(204, "DELETE", f"calendar/feeds/{feed['id']}")
    assert fetch(server, feed)[0].status == 404
