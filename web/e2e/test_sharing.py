"""Sharing books: invitations, roles, several households, what is hidden, the trail and the way back."""

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from browser import (
    PASSWORD,
    at_home,
    link_for,
    make_invitation,
    open_account,
    sign_in,
    sign_up,
    upload_statement,
)


def sign_up_by(page: Page, link: str, name: str, email: str) -> None:
    page.goto(link)
    page.get_by_role("link", name="Create an account and join").click()
    page.get_by_label("Your name").fill(name)
    if page.get_by_label("Email").is_editable():
        page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    expect(at_home(page)).to_be_visible()


def share(page: Page, other: Page, role: str = "Editor") -> None:
    """Ada's books with one account, shared with Charles."""
    email = sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    link = make_invitation(page, role)
    sign_up_by(other, link, "Charles", email.replace("ada.", "charles."))


def line_of(page: Page, text: str):
    return page.locator(".line").filter(has_text=text)


def test_who_is_invited_signs_up_and_shares_the_books(page: Page, other: Page) -> None:
    email = sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    link = make_invitation(page, "Viewer")

    other.goto(link)
    assert "token" not in other.url
    expect(other.get_by_role("main")).to_contain_text("Ada Finch")
    expect(other.get_by_role("main")).to_contain_text("Viewers see the books")
    sign_up_by(other, link, "Charles", email.replace("ada.", "charles."))

    other.goto("/accounts")
    expect(other.get_by_role("main")).to_contain_text("Everyday account")
    expect(other.get_by_role("button", name="New account")).to_have_count(0)
    page.goto("/settings/household")
    expect(line_of(page, "Charles")).to_be_visible()


def test_who_has_an_account_joins_and_switches_between_households(page: Page, other: Page) -> None:
    sign_up(page)
    open_account(page, "Ada’s account", "1,000.00")
    link = make_invitation(page)
    email = sign_up(other, "Charles Babbage")
    open_account(other, "Charles’s account", "5.00")

    other.goto(link)
    other.get_by_role("button", name=re.compile("^Join")).click()
    switch = other.get_by_role("combobox", name="Household")
    expect(switch).to_be_visible()
    other.get_by_role("link", name="Accounts").click()
    expect(other.get_by_role("main")).to_contain_text("Ada’s account")
    expect(other.get_by_role("main")).not_to_contain_text("Charles’s account")
    other.reload()
    expect(other.get_by_role("main")).to_contain_text("Ada’s account")

    own = switch.locator("option").filter(has_text="Charles").inner_text()
    switch.select_option(label=own)
    other.get_by_role("link", name="Accounts").click()
    expect(other.get_by_role("main")).to_contain_text("Charles’s account")
    expect(other.get_by_role("main")).not_to_contain_text("Ada’s account")
    assert email


@pytest.mark.refused
def test_an_invitation_for_an_address_is_for_that_person(page: Page, other: Page) -> None:
    email = sign_up(page)
    invited = email.replace("ada.", "charles.")
    make_invitation(page, email=invited)

    other.goto(link_for(invited, "/invitation"))
    other.get_by_role("link", name="Create an account and join").click()

    expect(other.get_by_label("Email")).to_have_value(invited)
    expect(other.get_by_label("Email")).not_to_be_editable()


@pytest.mark.refused
def test_a_withdrawn_invitation_lets_nobody_in(page: Page, other: Page) -> None:
    sign_up(page)
    link = make_invitation(page)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("button", name="Withdraw")).to_have_count(0)

    other.goto(link)

    expect(other.get_by_role("alert")).to_be_visible()
    expect(other.get_by_role("link", name="Create an account and join")).to_have_count(0)


def test_a_role_is_changed_and_holds_at_once(page: Page, other: Page) -> None:
    share(page, other)
    other.goto("/accounts")
    expect(other.get_by_role("button", name="New account")).to_be_visible()

    page.goto("/settings/household")
    page.get_by_label("Role of Charles").select_option("Viewer")
    expect(page.get_by_text("Charles is a viewer now.")).to_be_visible()

    other.wait_for_timeout(1100)
    other.reload()
    expect(other.get_by_role("heading", name="Accounts").first).to_be_visible()
    expect(other.get_by_role("button", name="New account")).to_have_count(0)


def test_a_member_is_removed(page: Page, other: Page) -> None:
    share(page, other)

    page.goto("/settings/household")
    page.get_by_role("button", name="Remove Charles").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(line_of(page, "Charles")).to_have_count(0)

    other.wait_for_timeout(1100)
    other.goto("/accounts")
    expect(other.get_by_text("Everyday account")).to_have_count(0)


def test_a_member_leaves(page: Page, other: Page) -> None:
    share(page, other)

    other.goto("/settings/household")
    other.get_by_role("button", name="Leave").click()
    other.get_by_role("dialog").get_by_role("button", name="Leave").click()

    expect(other.get_by_role("dialog")).to_have_count(0)
    page.goto("/settings/household")
    expect(line_of(page, "Ada Finch").first).to_be_visible()
    expect(line_of(page, "Charles")).to_have_count(0)


def test_a_household_is_handed_over(page: Page, other: Page) -> None:
    share(page, other)

    page.goto("/settings/household")
    page.get_by_role("button", name="Hand over").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("Charles is the owner now.")).to_be_visible()

    expect(page.get_by_role("button", name="Invite")).to_have_count(0)
    other.wait_for_timeout(1100)
    other.goto("/settings/household")
    expect(other.get_by_role("button", name="Invite")).to_be_visible()


def test_a_household_is_renamed_and_another_begun(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    page.goto("/settings/household")
    page.get_by_role("textbox", name="Name").fill("The Finches")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="The Finches")).to_be_visible()

    page.get_by_role("button", name="New household").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Chess club")
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("combobox", name="Household")).to_contain_text("Chess club")
    page.get_by_role("link", name="Accounts").click()
    expect(page.get_by_text("No accounts yet")).to_be_visible()

    page.goto("/settings/household")
    line_of(page, "Chess club").get_by_role("button", name="Open first").click()
    expect(line_of(page, "Chess club")).to_contain_text("Opens first")


def test_a_hidden_account_is_not_there(page: Page, other: Page) -> None:
    share(page, other)
    open_account(page, "Savings for a present", "500.00")
    page.get_by_role("main").get_by_role("link", name=re.compile("Savings for")).click()
    page.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Who sees it", exact=True).select_option("Only some")
    expect(dialog.get_by_label("Ada Finch (you)")).to_be_checked()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)

    other.goto("/accounts")
    expect(other.get_by_role("main")).to_contain_text("Everyday account")
    expect(other.get_by_text("Savings for a present")).to_have_count(0)
    expect(other.get_by_role("main")).not_to_contain_text("€1,500.00")
    page.goto("/accounts")
    expect(page.get_by_role("main")).to_contain_text("€1,500.00")


def test_the_activity_tells_what_happened_and_takes_it_back(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    upload_statement(page, "Everyday account")
    page.get_by_role("button", name="Accept import").click()
    page.get_by_role("heading", name="7 transactions imported").wait_for()
    page.goto("/transactions")
    page.get_by_role("button", name="Stadtwerke").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("grid")).not_to_contain_text("Stadtwerke")

    page.goto("/settings/activity")
    entry = page.locator(".event").filter(has_text="Stadtwerke").first
    expect(entry).to_contain_text("Deleted")
    expect(entry).to_contain_text("Ada Finch")
    entry.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.get_by_text("It is taken back.")).to_be_visible()

    page.goto("/transactions")
    expect(page.get_by_role("grid")).to_contain_text("Stadtwerke")


def test_the_activity_is_searched(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    open_account(page, "Holiday fund", "20.00")
    page.goto("/settings/activity")
    expect(page.locator(".event").filter(has_text="Holiday fund")).to_be_visible()

    page.get_by_label("Search").fill("everyday")

    expect(page.locator(".event").filter(has_text="Holiday fund")).to_have_count(0)
    expect(page.locator(".event").filter(has_text="Everyday account")).to_be_visible()
    page.get_by_label("Search").fill("")
    page.get_by_label("About").select_option("Categories")
    expect(page.locator(".event").filter(has_text="Everyday account")).to_have_count(0)


def test_ones_own_sign_ins_are_told(page: Page, other: Page) -> None:
    email = sign_up(page)
    sign_in(other, email, "certainly not this one")
    other.get_by_role("alert").wait_for()

    page.goto("/settings/activity")
    page.get_by_role("button", name="Your sign-ins").click()

    expect(page.locator(".event").first).to_contain_text("Chrome on Linux")
    expect(page.get_by_text("failed").first).to_be_visible()


def test_everything_is_taken_along(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    page.goto("/settings/privacy")

    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()

    assert re.fullmatch(r"martlet-\d{4}-\d\d-\d\d\.zip", download.value.suggested_filename)
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        assert any("Everyday account" in archive.read(name).decode() for name in archive.namelist())


def test_agreements_are_noted_and_asked_for_anew(page: Page) -> None:
    sign_up(page)
    page.goto("/settings/privacy")
    expect(page.get_by_text(re.compile("^Agreed on"))).to_have_count(2)

    newer = {"kind": "terms", "title": "Terms", "text": "New.", "version": 9_999, "updated_at": None}
    page.route("**/api/v1/pages/terms", lambda route: route.fulfill(json={"data": newer}))
    page.reload()

    expect(page.get_by_text("Changed since you agreed")).to_be_visible()
    expect(page.get_by_role("button", name="Agree: Terms of use")).to_be_visible()


def test_leaving_for_good_can_be_taken_back(page: Page) -> None:
    sign_up(page)
    page.goto("/settings/privacy")
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="You are leaving")).to_be_visible()
    page.goto("/accounts")
    expect(page.get_by_text("You and your data will be erased on")).to_be_visible()

    page.get_by_role("link", name="Change your mind").click()
    page.get_by_role("button", name="Keep my account").click()

    expect(page.get_by_role("heading", name="Leave for good")).to_be_visible()
    page.goto("/accounts")
    expect(page.get_by_text("You and your data will be erased on")).to_have_count(0)


def test_a_profile_is_changed(page: Page) -> None:
    sign_up(page)
    page.goto("/settings")
    page.get_by_label("Name").fill("Augusta Ada King")
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_label("Language and region").select_option("de-DE")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("banner")).to_contain_text("Augusta Ada King")
    page.reload()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    expect(page.get_by_label("Language and region")).to_have_value("de-DE")
