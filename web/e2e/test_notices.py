"""Being told: the bell, the notices, how one wants them, and pages that follow what happens elsewhere."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from browser import at_home, open_account, sign_in, sign_up, upload_statement


def bell(page: Page):
    return page.get_by_role("banner").locator(".bell")


def lines(page: Page):
    return page.locator(".notice")


def import_file(page: Page) -> None:
    """One notice: that it is done."""
    upload_statement(page, "Everyday account")
    page.get_by_role("button", name="Accept import").click()
    expect(page.get_by_role("heading", name="7 transactions imported")).to_be_visible()


def with_books(page: Page) -> str:
    email = sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    return email


def test_a_notice_comes_by_itself_and_leads_to_what_it_is_about(page: Page, other: Page) -> None:
    email = with_books(page)
    page.goto("/")
    expect(bell(page)).to_have_accessible_name("Notices")
    sign_in(other, email)
    at_home(other).wait_for()
    import_file(other)

    # Nobody touched this page: the count, the word at its foot and its figures come by themselves.
    expect(page.locator(".toast").filter(has_text="statement.csv is imported")).to_be_visible()
    expect(page.get_by_role("region", name="Account balances")).to_contain_text("€3,238.75")
    expect(bell(page)).to_have_accessible_name(re.compile(r"Notices, \d unread"))

    bell(page).click()
    panel = page.get_by_role("dialog", name="Notices")
    expect(panel).to_be_focused()
    panel.get_by_role("link", name=re.compile("Unread: statement.csv is imported")).click()
    expect(page.get_by_role("heading", name="statement.csv")).to_be_visible()
    expect(page).to_have_url(re.compile("/imports/"))
    expect(panel).to_have_count(0)
    expect(bell(page)).to_be_focused()
    page.goto("/notices")
    line = lines(page).filter(has_text="statement.csv is imported")
    expect(line).to_contain_text("7 transactions")
    expect(line.get_by_role("button", name="Mark unread")).to_be_visible()


def test_the_panel_closes_by_escape_and_by_a_press_beside_it(page: Page) -> None:
    sign_up(page)
    panel = page.get_by_role("dialog", name="Notices")
    bell(page).focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(bell(page)).to_be_focused()
    bell(page).click()
    page.get_by_role("main").click(position={"x": 900, "y": 600})
    expect(panel).to_have_count(0)


def test_notices_are_read_kept_and_deleted_by_keys_alone(page: Page) -> None:
    with_books(page)
    import_file(page)
    upload_statement(page, "Everyday account")
    page.goto("/notices")
    line = lines(page).filter(has_text="statement.csv is imported")
    link = line.locator("a.notice-body")
    expect(link).to_contain_text("Unread:")

    link.focus()
    page.keyboard.press("r")
    expect(link).not_to_contain_text("Unread:")
    expect(bell(page)).to_have_accessible_name("Notices")
    page.keyboard.press("r")
    expect(link).to_contain_text("Unread:")
    expect(bell(page)).to_have_accessible_name("Notices, 1 unread")

    page.get_by_role("button", name="Unread", exact=True).click()
    expect(lines(page)).to_have_count(1)
    page.get_by_label("About").select_option("An import is done")
    expect(lines(page)).to_have_count(1)
    page.get_by_label("About").select_option("A bill is due")
    expect(page.get_by_role("heading", name="No notice like this")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="Mark all read").click()
    expect(bell(page)).to_have_accessible_name("Notices")
    expect(page.get_by_role("button", name="Mark all read")).to_have_count(0)

    link.focus()
    page.keyboard.press("Delete")
    expect(lines(page)).to_have_count(0)
    expect(page.get_by_role("heading", name="Nothing to tell yet")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Nothing to tell yet")).to_be_visible()


def test_a_task_for_somebody_else_is_told_to_them(page: Page, other: Page) -> None:
    from test_sharing import share

    share(page, other)
    page.goto("/tasks")
    page.get_by_label("New task").fill("Call the bank friday")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Edit Call the bank").click()
    page.get_by_label("Assigned to").last.select_option(label="Charles")
    page.get_by_role("button", name="Save").click()

    expect(other.locator(".toast").filter(has_text="A task for you: Call the bank")).to_be_visible()
    other.locator(".toast").get_by_role("button", name="Show").click()
    line = lines(other).filter(has_text="A task for you: Call the bank")
    line.locator("a.notice-body").click()
    expect(other.locator(".task-line").filter(has_text="Call the bank")).to_be_visible()
    expect(bell(other)).to_have_accessible_name("Notices")


def save(page: Page, card: int) -> None:
    page.locator("form").nth(card).get_by_role("button", name="Save").click()
    toast = page.locator(".toast").filter(has_text="Your preferences are saved.")
    toast.get_by_role("button", name="Dismiss").click()
    expect(toast).to_have_count(0)


def test_what_one_is_told_of_is_chosen(page: Page) -> None:
    with_books(page)
    page.goto("/settings/notices")
    letter = page.get_by_label("A large amount, by letter")
    expect(page.get_by_label("A new device signed in, by letter")).to_be_disabled()
    letter.select_option("Weekly")
    page.get_by_label("An import is done, in the app").uncheck()
    save(page, 0)

    page.get_by_label("Letters wait until quiet hours are over").check()
    page.get_by_label("Quiet from").fill("21:30")
    page.get_by_label("Weekly ones on").select_option("Friday")
    save(page, 1)

    page.get_by_label("A large amount, EUR").fill("250,50")
    save(page, 2)

    page.reload()
    expect(letter).to_have_value("weekly")
    expect(page.get_by_label("An import is done, in the app")).not_to_be_checked()
    expect(page.get_by_label("Quiet from")).to_have_value("21:30")
    expect(page.get_by_label("Quiet until")).to_have_value("07:00")
    expect(page.get_by_label("Weekly ones on")).to_have_value("friday")
    expect(page.get_by_label("A large amount, EUR")).to_have_value("250.50")

    import_file(page)
    page.goto("/notices")
    expect(page.get_by_role("heading", name="Nothing to tell yet")).to_be_visible()


@pytest.mark.refused
def test_a_wrong_limit_is_said_beside_its_box(page: Page) -> None:
    sign_up(page)
    page.goto("/settings/notices")
    box = page.get_by_label("Budget runs out at, %")
    box.fill("0")
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill("75")
    page.get_by_label("A large amount, EUR").fill("nothing")
    page.get_by_label("A large amount, EUR").press("Enter")
    expect(page.get_by_text("Use digits only")).to_be_visible()


@pytest.mark.unreachable
def test_it_says_when_it_is_offline_and_catches_up_after(page: Page, other: Page) -> None:
    email = with_books(page)
    page.goto("/")
    expect(at_home(page)).to_be_visible()
    sign_in(other, email)
    at_home(other).wait_for()

    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="Offline.")).to_be_visible()
    open_account(other, "Wallet", "40.00")
    page.get_by_role("button", name="Try now").click()
    expect(page.get_by_text("Offline.")).to_be_visible()

    page.context.set_offline(False)
    expect(page.get_by_text("Offline.")).to_have_count(0)
    expect(page.get_by_role("region", name="Account balances")).to_contain_text("Wallet")


def test_a_tab_has_one_stream_whatever_page_is_open(page: Page) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: request.url.endswith("/api/v1/events") and asked.append(request))
    with_books(page)
    page.goto("/")
    expect(page.get_by_role("region", name="Account balances")).to_contain_text("Everyday account")
    asked.clear()
    for name in ("Transactions", "Tasks", "Accounts", "Overview"):
        at_home(page).get_by_role("link", name=name).click()
        expect(at_home(page).get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    assert asked == []
    page.reload()
    expect(page.get_by_role("region", name="Account balances")).to_contain_text("Everyday account")
    page.wait_for_timeout(500)
    assert len(asked) == 1
    assert "?" not in asked[0].url
    assert asked[0].headers["authorization"].startswith("Bearer ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_bell_opens_a_page(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    with_books(page)
    import_file(page)
    bell(page).click()
    panel = page.get_by_role("dialog", name="Notices")
    expect(panel.locator(".notice")).to_have_count(1)
    assert Axe().run(page).violations_count == 0

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    bell(page).click()
    expect(page.get_by_role("heading", name="Notices")).to_be_visible()
    expect(lines(page)).to_have_count(1)
    assert Axe().run(page).violations_count == 0
