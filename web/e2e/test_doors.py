"""The ways in: password, letters, a provider; devices and tokens."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from browser import PASSWORD, at_home, link_for, sign_in, sign_out, sign_up
from security import answer_with, open_security, refusal

NEW_PASSWORD = "three herons by the river 7"


@pytest.mark.refused
def test_a_wrong_password_says_so_and_keeps_the_address(page: Page) -> None:
    email = sign_up(page)
    sign_out(page)

    sign_in(page, email, "not this one at all")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(at_home(page)).to_be_visible()


@pytest.mark.refused
@pytest.mark.parametrize("status", [423, 429, 503])
def test_who_must_wait_is_told_how_long(page: Page, status: int) -> None:
    page.route(
        "**/api/v1/auth/login",
        answer_with(status, refusal("auth.locked", "Too many tries"), {"Retry-After": "840"}),
    )

    sign_in(page, "ada@example.org")

    expect(page.get_by_role("alert")).to_have_text("Too many tries. Try again in 14 minutes.")


def test_every_door_that_is_configured_is_shown(page: Page) -> None:
    methods = {
        "registration": "closed",
        "first_person": False,
        "password": True,
        "passkeys": True,
        "providers": [{"id": "home", "name": "Home Server"}, {"id": "club", "name": "Club"}],
        "mail": True,
        "require_second_factor": False,
    }
    page.route("**/api/v1/auth/methods", answer_with(200, {"data": methods}))
    page.goto("/sign-in")

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with Home Server")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with Club")).to_be_visible()
    expect(page.get_by_role("link", name="Create your books")).to_have_count(0)
    page.goto("/sign-up")
    expect(page.get_by_text("This server takes no new people.")).to_be_visible()
    expect(page.get_by_label("Password")).to_have_count(0)


def test_a_forgotten_password_is_set_anew_by_letter(page: Page, other: Page) -> None:
    email = sign_up(page)
    sign_out(page)

    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("a letter is on its way")).to_be_visible()
    link = link_for(email, "/reset")
    page.goto(link)
    page.get_by_label("New password").fill(NEW_PASSWORD)
    assert "token" not in page.url
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Your password is changed")).to_be_visible()

    sign_in(page, email, NEW_PASSWORD)
    expect(at_home(page)).to_be_visible()


@pytest.mark.refused
def test_a_letters_link_works_once(page: Page) -> None:
    email = sign_up(page)
    link = link_for(email, "/verify")

    page.goto(link)
    expect(page.get_by_text("Your address is confirmed")).to_be_visible()
    page.goto("/settings")
    expect(page.get_by_text("Confirmed", exact=True)).to_be_visible()

    page.goto("/privacy")
    page.goto(link)
    expect(page.get_by_role("alert")).to_be_visible()


def test_an_address_is_changed_by_letter(page: Page) -> None:
    email = sign_up(page)
    new_email = email.replace("ada.", "countess.")
    page.goto("/settings")
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_label("New email").fill(new_email)
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(email)

    page.goto(link_for(new_email, "/verify"))
    expect(page.get_by_text("Your address is confirmed")).to_be_visible()

    page.goto("/settings")
    expect(page.get_by_role("main")).to_contain_text(new_email)


@pytest.mark.refused
def test_a_new_password_ends_every_other_device(page: Page, other: Page) -> None:
    email = sign_up(page)
    sign_in(other, email)
    expect(at_home(other)).to_be_visible()

    open_security(page)
    page.get_by_role("button", name="Change password").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Present password").fill(PASSWORD)
    dialog.get_by_label("New password").fill("short")
    dialog.get_by_role("button", name="Change password").click()
    expect(dialog.locator(".field-problem")).to_be_visible()
    dialog.get_by_label("New password").fill(NEW_PASSWORD)
    dialog.get_by_role("button", name="Change password").click()
    expect(dialog).to_have_count(0)

    expect(page.get_by_role("button", name="Sign out all others")).to_have_count(0)
    other.wait_for_timeout(1100)
    other.goto("/accounts")
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()
    expect(at_home(page)).to_be_visible()


def test_a_device_is_signed_out_from_another(page: Page, other: Page) -> None:
    email = sign_up(page)
    sign_in(other, email)
    expect(at_home(other)).to_be_visible()

    open_security(page)
    expect(page.get_by_text("This device")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Sign out Chrome on")).click()
    expect(page.get_by_role("button", name=re.compile("^Sign out Chrome on"))).to_have_count(0)

    other.wait_for_timeout(1100)
    other.goto("/accounts")
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_token_reads_what_it_may_and_nothing_else(page: Page) -> None:
    sign_up(page)
    open_security(page)
    page.get_by_role("button", name="New token").click()
    page.get_by_label("Name").fill("Backup script")
    page.get_by_label("read accounts").check()
    page.get_by_role("button", name="Make the token").click()
    token = page.get_by_role("textbox", name="Token").input_value()
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_text("Reads accounts.")).to_be_visible()
    headers = {"Authorization": f"Bearer {token}"}

    assert page.request.get("/api/v1/accounts", headers=headers).status == 200
    assert page.request.get("/api/v1/transactions", headers=headers).status == 403
    assert page.request.post("/api/v1/accounts", headers=headers, data={}).status == 403
    page.get_by_role("button", name="Remove Backup script").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Reads accounts.")).to_have_count(0)
    page.wait_for_timeout(1100)
    assert page.request.get("/api/v1/accounts", headers=headers).status == 401


def test_a_provider_is_left_for_and_came_back_from(page: Page) -> None:
    """The provider itself is tested with the server; here it is what the page makes of it."""
    methods = {
        "registration": "open",
        "first_person": False,
        "password": True,
        "passkeys": False,
        "providers": [{"id": "home", "name": "Home Server"}],
        "mail": True,
        "require_second_factor": False,
    }
    email = sign_up(page)
    page.goto("/")
    session = page.request.post("/api/v1/auth/login", data={"email": email, "password": PASSWORD})
    sign_out(page)
    page.route("**/api/v1/auth/methods", answer_with(200, {"data": methods}))
    page.route(
        "**/api/v1/auth/oidc/home/start",
        answer_with(200, {"data": {"authorization_url": "/sign-in/oidc?state=st4te&code=c0de&iss=x"}}),
    )
    sent = []

    def finish(route: Route) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(status=200, json=session.json())

    page.route("**/api/v1/auth/oidc/finish", finish)
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with Home Server").click()

    expect(at_home(page)).to_be_visible()
    (answer,) = sent
    shown = {answer.pop("terms_version"), answer.pop("privacy_version")}
    assert answer == {"state": "st4te", "code": "c0de", "iss": "x"}
    assert min(shown) >= 1, "the pages as they were shown before leaving"
    assert "c0de" not in page.url


def test_a_provider_that_refuses_is_told_in_words(page: Page) -> None:
    page.goto("/sign-in/oidc?error=access_denied&state=x")

    expect(page.get_by_role("alert")).to_have_text("You chose not to sign in there.")
    expect(page).to_have_url(re.compile("/sign-in/oidc$"))


def test_no_secret_is_kept_where_a_script_could_read_it(page: Page) -> None:
    email = sign_up(page)
    link = link_for(email, "/verify")
    token = link.split("token=")[1]
    page.goto(link)
    expect(page.get_by_text("Your address is confirmed")).to_be_visible()

    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )

    assert token not in kept
    assert not re.search(r"eyJ|token|refresh", kept), kept
    page.go_back()
    page.go_forward()
    assert token not in page.url
