"""Second factors and passkeys: set up, asked for, removed; and the question who is here."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from browser import PASSWORD, add_authenticator, at_home, code_of, sign_in, sign_out, sign_up
from security import add_passkey, answer_with, open_security, refusal, turn_on_codes


@pytest.mark.refused
def test_a_code_is_asked_for_after_the_password(page: Page) -> None:
    email = sign_up(page)
    secret, _ = turn_on_codes(page)
    sign_out(page)

    sign_in(page, email)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_label("Code of your app").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Code of your app").fill(code_of(secret, step=1))
    page.get_by_role("button", name="Continue").click()

    expect(at_home(page)).to_be_visible()


def test_nobody_is_in_before_the_second_step(page: Page) -> None:
    email = sign_up(page)
    turn_on_codes(page)
    sign_out(page)
    sign_in(page, email)
    page.get_by_role("heading", name="One more step").wait_for()

    page.goto("/accounts")

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_backup_code_lets_in_and_is_used_up(page: Page) -> None:
    email = sign_up(page)
    _, codes = turn_on_codes(page)
    assert len(set(codes)) == 10
    sign_out(page)

    sign_in(page, email)
    page.get_by_role("button", name="Use a backup code").click()
    page.get_by_label("Backup code").fill(codes[3])
    page.get_by_role("button", name="Continue").click()

    expect(at_home(page)).to_be_visible()
    open_security(page)
    expect(page.get_by_text("9 of 10 backup codes left")).to_be_visible()


def test_backup_codes_are_saved_as_a_file(page: Page) -> None:
    sign_up(page)
    open_security(page)
    page.get_by_role("button", name="Set up").click()
    secret = page.get_by_label("Or type this secret").input_value()
    page.get_by_label("Code of your app").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator(".backup-codes code")).to_have_count(10)
    codes = page.locator(".backup-codes code").all_inner_texts()

    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()

    text = download.value.path().read_text()
    assert download.value.suggested_filename == "martlet-backup-codes.txt"
    assert all(code in text for code in codes)


def test_the_picture_for_the_app_is_drawn(page: Page) -> None:
    sign_up(page)
    open_security(page)
    page.get_by_role("button", name="Set up").click()
    page.locator(".qr").wait_for()

    size = page.locator(".qr").evaluate("image => image.decode().then(() => image.naturalWidth)")

    assert size > 0


def test_codes_are_turned_off_again(page: Page) -> None:
    email = sign_up(page)
    turn_on_codes(page)

    page.get_by_role("button", name="Turn off").click()
    page.get_by_role("dialog").get_by_role("button", name="Turn off").click()
    expect(page.get_by_role("button", name="Set up")).to_be_visible()
    sign_out(page)

    sign_in(page, email)
    expect(at_home(page)).to_be_visible()


def test_a_passkey_alone_signs_in(page: Page) -> None:
    add_authenticator(page)
    sign_up(page)
    add_passkey(page)
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(at_home(page)).to_be_visible()


def test_a_passkey_is_the_second_step(page: Page) -> None:
    add_authenticator(page)
    email = sign_up(page)
    add_passkey(page)
    sign_out(page)

    sign_in(page, email)
    page.get_by_role("button", name="Use a passkey").click()

    expect(at_home(page)).to_be_visible()


def test_a_passkey_is_named_and_removed(page: Page) -> None:
    add_authenticator(page)
    email = sign_up(page)
    add_passkey(page)

    page.get_by_role("button", name=re.compile("^Rename")).click()
    page.get_by_role("dialog").get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Remove My phone")).to_be_visible()
    page.get_by_role("button", name="Remove My phone").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("button", name="Remove My phone")).to_have_count(0)
    sign_out(page)

    sign_in(page, email)
    expect(at_home(page)).to_be_visible()


def test_the_browser_offers_the_passkey_in_the_email_box(page: Page) -> None:
    add_authenticator(page, is_suggested=True)
    sign_up(page)
    add_passkey(page)

    page.goto("/settings")
    # The virtual device takes the suggestion at once; a person would choose it in the box.
    with page.expect_request("**/api/v1/auth/passkey"):
        page.get_by_role("button", name="Sign out", exact=True).click()

    expect(at_home(page)).to_be_visible()


@pytest.mark.refused
def test_what_is_not_easily_undone_asks_who_is_here(page: Page) -> None:
    sign_up(page)
    turn_on_codes(page)
    asked = []

    def once(route: Route) -> None:
        if asked:
            return route.continue_()
        asked.append(route.request.headers.get("idempotency-key"))
        route.fulfill(status=403, json=refusal("auth.proof_required"))

    page.route("**/api/v1/factors/backup-codes", once)
    page.get_by_role("button", name="New backup codes").click()
    dialog = page.get_by_role("dialog", name="Is it still you?")
    dialog.get_by_label("Password").fill("certainly not this")
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Password").fill(PASSWORD)
    with page.expect_request("**/api/v1/factors/backup-codes") as again:
        dialog.get_by_role("button", name="Continue").click()

    expect(dialog).to_have_count(0)
    expect(page.locator(".backup-codes li")).to_have_count(10)
    assert again.value.headers["idempotency-key"] == asked[0]


@pytest.mark.refused
def test_who_declines_to_answer_changes_nothing(page: Page) -> None:
    sign_up(page)
    turn_on_codes(page)
    page.route(
        "**/api/v1/factors/backup-codes", answer_with(403, refusal("auth.proof_required"))
    )

    page.get_by_role("button", name="New backup codes").click()
    page.get_by_role("dialog", name="Is it still you?").get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".toast-problem")).to_have_count(0)
    expect(page.get_by_text("10 of 10 backup codes left")).to_be_visible()


@pytest.mark.refused
def test_who_is_here_is_shown_by_a_passkey_too(page: Page) -> None:
    add_authenticator(page)
    sign_up(page)
    add_passkey(page)
    asked = []

    def once(route: Route) -> None:
        if asked:
            return route.continue_()
        asked.append(route.request.url)
        route.fulfill(status=403, json=refusal("auth.proof_required"))

    page.route("**/api/v1/tokens", once)
    page.get_by_role("button", name="New token").click()
    page.get_by_role("textbox", name="Name").fill("Script")
    page.get_by_label("read accounts").check()
    page.get_by_role("button", name="Make the token").click()
    dialog = page.get_by_role("dialog", name="Is it still you?")
    dialog.get_by_role("button", name="Use a passkey").click()
    dialog.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("textbox", name="Token")).to_have_value(re.compile("^martlet_pat_"))


@pytest.mark.refused
def test_where_everyone_needs_a_second_factor_it_comes_first(page: Page) -> None:
    """The server's refusal is played here; that it refuses is tested with the server."""
    sign_up(page)
    demand = {"require_second_factor": True, "registration": "open", "password": True}
    page.route("**/api/v1/auth/methods", answer_with(200, {"data": demand}))
    for path in ("accounts*", "analytics/*", "household/*"):
        page.route(
            f"**/api/v1/{path}", answer_with(403, refusal("auth.second_factor_required"))
        )

    page.goto("/accounts")

    expect(page).to_have_url(re.compile("/settings/security$"))
    expect(page.get_by_text("This server asks everyone for a second step.")).to_be_visible()
    expect(page.get_by_role("button", name="Set up")).to_be_visible()


def test_backup_codes_are_printed_black_on_white(page: Page) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    sign_up(page)
    open_security(page)
    page.get_by_role("button", name="Set up").click()
    secret = page.get_by_label("Or type this secret").input_value()
    page.get_by_label("Code of your app").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator(".backup-codes code")).to_have_count(10)

    sheet = page.locator(".print-sheet")
    expect(sheet).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(sheet.locator(".backup-codes")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(sheet.locator("code").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("h1")).to_have_css("visibility", "hidden")
