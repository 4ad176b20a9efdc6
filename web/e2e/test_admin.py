"""Looking after the server: people, roles, trail, state; and nobody else sees any of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser import ADMIN, at_home, open_account, sign_in, sign_up


def open_admin(page: Page, path: str) -> None:
    sign_in(page, ADMIN)
    expect(at_home(page)).to_be_visible()
    page.goto(path)


def open_person(page: Page, email: str) -> None:
    open_admin(page, "/admin/people")
    page.get_by_label("Search name or email").fill(email)
    row = page.get_by_role("row").filter(has_text=email)
    row.get_by_role("button").click()
    page.get_by_role("dialog").wait_for()


def test_most_people_see_nothing_of_it(page: Page) -> None:
    sign_up(page)

    expect(page.get_by_role("link", name="Administration")).to_have_count(0)
    for path in ("/admin", "/admin/people", "/admin/audit", "/admin/system", "/admin/work",
                 "/admin/pages"):
        page.goto(path)
        expect(page.get_by_text("This is not for you")).to_be_visible()


def test_people_are_found(page: Page, other: Page) -> None:
    email = sign_up(other)

    open_admin(page, "/")
    page.get_by_role("link", name="Administration").click()
    page.get_by_label("Search name or email").fill(email)

    expect(page.get_by_text("1 account found")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=email)).to_contain_text("Active")


@pytest.mark.parametrize("deed", ["Disable", "Sign out everywhere"])
def test_a_person_is_signed_out(page: Page, other: Page, deed: str) -> None:
    email = sign_up(other)
    open_person(page, email)

    page.get_by_role("dialog").get_by_role("button", name=deed).click()
    expect(page.locator(".toast")).to_be_visible()

    other.wait_for_timeout(1100)
    other.goto("/accounts")
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_deleted_person_is_restored(page: Page, other: Page) -> None:
    email = sign_up(other)
    open_person(page, email)

    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name=re.compile("^Delete")).get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Restore")).to_be_visible()
    dialog.get_by_role("button", name="Restore").click()
    expect(dialog.get_by_role("button", name="Disable")).to_be_visible()

    sign_in(other, email)
    expect(at_home(other)).to_be_visible()


def test_a_role_opens_what_it_is_for(page: Page, other: Page) -> None:
    email = sign_up(other)
    open_person(page, email)
    page.get_by_label("Role on this server").select_option("Support")
    expect(page.get_by_role("dialog")).to_contain_text("Support")

    # Whoever may do something else from now on signs in anew.
    other.wait_for_timeout(1100)
    sign_in(other, email)
    expect(at_home(other)).to_be_visible()
    other.get_by_role("link", name="Administration").click()

    expect(other.get_by_role("link", name="People")).to_be_visible()
    expect(other.get_by_role("link", name="Audit")).to_have_count(0)
    expect(other.get_by_role("link", name="System")).to_have_count(0)


def test_nobody_changes_their_own_role(page: Page) -> None:
    open_person(page, ADMIN)

    expect(page.get_by_text("This is you.")).to_be_visible()
    expect(page.get_by_label("Role on this server")).to_have_count(0)
    expect(page.get_by_role("dialog").get_by_role("button", name="Delete")).to_have_count(0)


def test_the_administrator_sees_people_and_not_their_money(page: Page, other: Page) -> None:
    email = sign_up(other)
    open_account(other, "Everyday account", "4,321.00")

    open_person(page, email)

    expect(page.get_by_text("Everyday account")).to_have_count(0)
    expect(page.get_by_text("4,321")).to_have_count(0)


def test_the_owner_lets_an_administrator_in_for_a_while(page: Page, other: Page) -> None:
    sign_up(other)
    open_account(other, "Everyday account", "4,321.00")
    other.goto("/settings/household")
    other.get_by_role("button", name="Let someone in").click()
    dialog = other.get_by_role("dialog")
    dialog.get_by_label("Email of the administrator").fill(ADMIN)
    dialog.get_by_label("Why").fill("The import went wrong")
    dialog.get_by_role("button", name="Let them in").click()
    expect(other.locator(".line").filter(has_text=ADMIN)).to_be_visible()

    other.get_by_role("button", name="End now").click()

    expect(other.get_by_role("button", name="End now")).to_have_count(0)


def test_the_servers_trail_and_state_are_read(page: Page) -> None:
    open_admin(page, "/admin/audit")
    expect(page.locator(".event").first).to_be_visible()

    page.get_by_role("link", name="System").click()
    expect(page.get_by_text("Running for")).to_be_visible()
    page.get_by_role("link", name="Roles").click()
    expect(page.get_by_role("row").filter(has_text="audit:read")).to_be_visible()


def test_the_terms_are_written_and_read_by_anyone(page: Page, other: Page) -> None:
    open_admin(page, "/admin/pages")
    card = page.get_by_role("region", name="Terms")
    hostile = "<img src=x onerror=alert(1)> [here](javascript:alert(1))"
    card.get_by_label("Text").fill(f"# Our rules\n\nBe **kind**. {hostile}")
    card.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Terms is saved.")).to_be_visible()

    other.goto("/terms")

    expect(other.get_by_role("heading", name="Our rules")).to_be_visible()
    expect(other.get_by_text("<img src=x")).to_be_visible()
    expect(other.get_by_role("link", name="here")).to_have_count(0)


def test_the_servers_own_work_is_seen(page: Page) -> None:
    open_admin(page, "/admin/work")

    page.get_by_role("button", name="Done", exact=True).click()

    row = page.get_by_role("row").filter(has_text="verify email").first
    expect(row).to_contain_text("Done")
