"""Signing in at a provider that is a process of its own, and what a browser could bring back from it."""

import http.client
import json
import subprocess
import sys
import urllib.parse

import pytest

from harness import processes
from harness.client import PASSWORD, Client
from harness.server import Martlet

SECRET = "canary-secret-of-the-client"
PEOPLE = [
    {"sub": "ann-at-home", "email": "ann@example.org", "email_verified": True, "name": "Ann Home"},
    {"sub": "ben-at-home", "email": "ben@example.org", "email_verified": False},
]


def is_answering(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/.well-known/openid-configuration")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """The address of a real provider of OpenID Connect."""
    port = processes.free_port()
    log = open(tmp_path_factory.mktemp("provider") / "log", "wb")
    people = [word for person in PEOPLE for word in ("--user-claims", json.dumps(person))]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people],
        stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        processes.wait_until(lambda: is_answering(port), 30, "the provider")
        yield f"http://127.0.0.1:{port}"
    finally:
        processes.end_group(process)


@pytest.fixture(scope="module")
def house(provider, tmp_path_factory):
    """A server that knows the provider."""
    folder = tmp_path_factory.mktemp("house")
    providers = folder / "providers"
    providers.write_text(f"""
[home]
name = Our house
issuer = {provider}
client_id = martlet
client_secret = {SECRET}
""")
    with Martlet(folder / "data", OIDC_PROVIDERS=str(providers), LOG_LEVEL="debug") as server:
        yield server


class Browser:
    """Keeps the one cookie that binds a journey to it."""

    def __init__(self, server):
        self.client = Client(server.url)
        self.cookie = None

    def leave(self, **body):
        """Begins a journey; returns the provider's address."""
        answer = self.client.expect(200, "POST", "auth/oidc/home/start", body)
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer.data["authorization_url"]

    def finish(self, back, **changes):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = {"state": back["state"], "code": back["code"], **changes}
        return self.client.call("POST", "auth/oidc/finish", body, headers)


def sign_in(url, subject):
    """What the person does on the provider's page; returns what their browser brings back."""
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    connection.request("POST", f"{address.path}?{address.query}",
                       urllib.parse.urlencode({"sub": subject}),
                       {"Content-Type": "application/x-www-form-urlencoded"})
    reply = connection.getresponse()
    reply.read()
    connection.close()
    assert reply.status == 302, reply.status
    back = urllib.parse.urlsplit(reply.headers["Location"])
    assert back.path == "/sign-in/oidc"
    return dict(urllib.parse.parse_qsl(back.query))


def test_someone_new_signs_up_signs_in_again_and_links(house):
    newcomer = Browser(house)
    made = newcomer.finish(sign_in(newcomer.leave(), "ann-at-home"))
    again = Browser(house)
    signed_in = again.finish(sign_in(again.leave(), "ann-at-home"))
    cleo = Browser(house)
    cleo.client.token = cleo.client.expect(201, "POST", "auth/register", {
        "email": "cleo@example.org", "password": PASSWORD, "name": "Cleo"}).data["access_token"]
    linked = cleo.finish(sign_in(cleo.leave(link=True), "cleo-at-home"))
    other = Browser(house)
    by_link = other.finish(sign_in(other.leave(), "cleo-at-home"))

    assert made.status == 200 and made.data["user"]["name"] == "Ann Home"
    assert signed_in.data["user"]["id"] == made.data["user"]["id"]
    assert linked.status == 204
    assert by_link.data["user"]["email"] == "cleo@example.org"


def test_an_address_that_is_not_vouched_for_lets_nobody_in(house):
    Client(house.url).expect(201, "POST", "auth/register", {
        "email": "ben@example.org", "password": PASSWORD, "name": "Ben"})
    for subject in ["ben-at-home", "somebody-without-an-address"]:
        browser = Browser(house)
        answer = browser.finish(sign_in(browser.leave(), subject))
        assert (answer.status, answer.code) == (403, "auth.address_not_vouched")


def test_what_a_browser_brings_back_counts_once_and_there_alone(house):
    def journey():
        browser = Browser(house)
        return browser, sign_in(browser.leave(), "ann-at-home")

    browser, back = journey()
    stranger = Browser(house).finish(back)
    used_up = browser.finish(back)
    browser, back = journey()
    first, second = browser.finish(back), browser.finish(back)
    browser, back = journey()
    other, theirs = journey()
    swapped = browser.finish({**back, "code": theirs["code"]})
    browser, back = journey()
    made_up = browser.finish(back, code="made-up")
    browser, back = journey()
    mixed_up = browser.finish(back, iss="https://evil.example")

    assert first.status == 200
    for answer in [stranger, used_up, second]:
        assert (answer.status, answer.code) == (400, "auth.wrong_state")
    for answer in [swapped, made_up, mixed_up]:
        assert (answer.status, answer.code) == (401, "auth.provider_refused")


def test_nothing_of_it_stands_in_the_log(house):
    browser = Browser(house)
    url = browser.leave()
    back = sign_in(url, "ann-at-home")
    answer = browser.finish(back)

    log = house.log.read_text(errors="replace")
    token = browser.cookie.split("=", 1)[1]
    secrets = [SECRET, back["code"], back["state"], token, answer.data["access_token"]]
    assert [secret for secret in secrets if secret in log] == []
