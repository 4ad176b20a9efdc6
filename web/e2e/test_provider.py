"""Signing in at a provider that is a process of its own, with a server that knows it."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser import PASSWORD, at_home, make_invitation, sign_in, sign_out

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from harness import processes
from harness.server import Martlet

GUEST = {"sub": "dora-at-home", "email": "dora@example.org", "email_verified": True, "name": "Dora Home"}
PERSON = {"sub": "ann-at-home", "email": "ann@example.org", "email_verified": True, "name": "Ann Home"}

PEOPLE = [part for person in (PERSON, GUEST) for part in ("--user-claims", json.dumps(person))]


def is_answering(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = processes.free_port()
    address = f"http://127.0.0.1:{port}"
    with open(tmp_path_factory.mktemp("provider") / "log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *PEOPLE],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            processes.wait_until(lambda: is_answering(address), 30, "the provider")
            yield address
        finally:
            processes.end_group(process)


@pytest.fixture(scope="module")
def house(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that knows the provider."""
    folder = tmp_path_factory.mktemp("house")
    providers = folder / "providers"
    providers.write_text(f"[home]\nname = Our house\nissuer = {provider}\nclient_id = martlet\nclient_secret = between us\n")
    with Martlet(folder / "data", port=processes.free_port(), OIDC_PROVIDERS=str(providers)) as server:
        yield server.url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def browser_context_args(browser_context_args: dict, house: str) -> dict:
    return {**browser_context_args, "base_url": house}


@pytest.fixture(autouse=True)
def nothing_from_elsewhere(page: Page) -> None:
    """The provider's page is not ours: what it would fetch from the web stays empty."""
    page.route(re.compile("^https:"), lambda route: route.fulfill(body=""))


def go_to_provider(page: Page, button: str, person: str) -> None:
    page.get_by_role("button", name=button).click()
    page.locator("input[name=sub]").fill(person)
    page.locator("button[type=submit], input[type=submit]").first.click()


def test_someone_new_comes_in_and_comes_again(page: Page) -> None:
    for _ in range(2):
        page.goto("/sign-in")
        go_to_provider(page, "Sign in with Our house", "ann-at-home")
        expect(at_home(page)).to_be_visible()
        expect(page.get_by_role("banner")).to_contain_text("Ann Home")
        assert "code=" not in page.url and "state=" not in page.url
        sign_out(page)


def test_an_account_there_is_linked_and_opens_the_one_here(page: Page) -> None:
    page.goto("/sign-up")
    page.get_by_label("Your name").fill("Cleo")
    page.get_by_label("Email").fill("cleo@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my books").click()
    expect(at_home(page)).to_be_visible()

    page.goto("/settings/security")
    go_to_provider(page, "Link Our house", "cleo-at-home")
    expect(page.get_by_role("button", name="Unlink")).to_be_visible()
    sign_out(page)
    go_to_provider(page, "Sign in with Our house", "cleo-at-home")
    expect(page.get_by_role("banner")).to_contain_text("Cleo")

    page.goto("/settings/security")
    page.get_by_role("button", name="Unlink").click()
    page.get_by_role("dialog").get_by_role("button", name="Unlink").click()
    expect(page.get_by_role("button", name="Link Our house")).to_be_visible()
    sign_out(page)
    sign_in(page, "cleo@example.org")
    expect(at_home(page)).to_be_visible()


def test_who_is_invited_joins_by_a_provider(page: Page, other: Page) -> None:
    page.goto("/sign-up")
    page.get_by_label("Your name").fill("Emil")
    page.get_by_label("Email").fill("emil@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my books").click()
    expect(at_home(page)).to_be_visible()
    link = make_invitation(page, "Viewer", "dora@example.org")

    other.goto(link)
    expect(other.get_by_role("main")).to_contain_text("The invitation is for dora@example.org")
    go_to_provider(other, "Sign in with Our house", "dora-at-home")
    expect(at_home(other)).to_be_visible()
    expect(other.get_by_role("banner")).to_contain_text("Dora Home")
    assert "{}" == other.evaluate("JSON.stringify({...sessionStorage})")

    page.goto("/settings/household")
    expect(page.get_by_role("main")).to_contain_text("Dora Home")
    other.goto("/settings/household")
    expect(other.get_by_role("main")).to_contain_text("Emil")


@pytest.mark.refused
def test_an_address_that_is_not_vouched_for_lets_nobody_in(page: Page) -> None:
    page.goto("/sign-in")
    go_to_provider(page, "Sign in with Our house", "somebody-without-an-address")

    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Go back").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
