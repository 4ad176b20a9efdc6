"""Bills: found in the history, written by hand, paid, skipped and moved; the calendar and its feeds."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from browser import fill_with_demo, make_invitation, open_account, sign_up


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def line(page: Page, name: str) -> Locator:
    return page.locator(".bill-line").filter(has_text=name)


def new_bill(page: Page, name: str, amount: str, start: date, account: str | None = "Everyday (EUR)") -> Locator:
    page.goto("/bills")
    page.get_by_role("button", name="Add bill").click()
    form = dialog(page)
    form.get_by_label("Name").fill(name)
    if account:
        form.get_by_label("Account", exact=True).select_option(label=account)
    form.get_by_label("Amount, EUR").fill(amount)
    form.get_by_label("First from").fill(start.isoformat())
    return form


def add(page: Page, name: str, amount: str, start: date) -> None:
    form = new_bill(page, name, amount, start)
    form.get_by_role("button", name="Add bill").click()
    expect(form).to_have_count(0)
    expect(line(page, name).first).to_be_visible()


def delete_bills(page: Page) -> None:
    """Those of the demo household."""
    page.goto("/bills")
    page.get_by_role("button", name="All bills").click()
    buttons = page.get_by_role("button", name=re.compile("^Delete "))
    buttons.first.wait_for()
    while count := buttons.count():
        buttons.first.click()
        expect(buttons).to_have_count(count - 1)


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").last.click()


def test_what_was_found_becomes_bills_in_one_press(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    delete_bills(page)
    page.goto("/bills")
    expect(page.get_by_role("heading", name="No bills yet")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Make these")).click()
    expect(page.locator(".bill-line").first).to_be_visible()
    undo(page)
    expect(page.get_by_role("heading", name="No bills yet")).to_be_visible()


def test_proposals_are_taken_left_and_brought_back(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    page.goto("/bills/found")
    found = page.locator(".found")
    found.first.wait_for()
    count = found.count()
    assert count >= 2
    name = found.first.locator(".line-title").inner_text()

    found.first.get_by_role("button", name=f"Dismiss {name}").click()
    expect(found).to_have_count(count - 1)
    page.get_by_role("button", name="Show what was dismissed").click()
    page.get_by_role("button", name=f"Restore {name}").click()
    expect(found).to_have_count(count)

    found.first.get_by_role("button", name=f"Accept {name}").click()
    expect(found).to_have_count(count - 1)
    page.goto("/bills?view=all")
    expect(page.locator(".bill-edit").filter(has_text=name)).to_be_visible()

    page.goto("/bills/subscriptions")
    expect(page.get_by_role("heading", name=re.compile("^Running"))).to_be_visible()
    expect(page.get_by_text("A year", exact=True).first).to_be_visible()


def test_a_schedule_is_written_in_plain_words(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday", "1000")
    form = new_bill(page, "Rent", "950", today())
    words = form.locator(".schedule-words")

    form.get_by_label("On", exact=True).select_option("weekday")
    form.get_by_label("Which").select_option(label="second")
    form.get_by_label("Weekday").select_option(label="Tuesday")
    expect(words).to_have_text("Every month on the second Tuesday.")
    form.get_by_label("Unit").select_option("week")
    form.get_by_label("Every").fill("2")
    for name in ("Monday", "Thursday"):
        box = form.get_by_role("button", name=name)
        if box.get_attribute("aria-pressed") == "false":
            box.click()
    expect(words).to_contain_text("Every 2 weeks on")
    form.get_by_label("Unit").select_option("month")
    form.get_by_label("Every").fill("1")
    form.get_by_label("On", exact=True).select_option("last_working")
    form.get_by_label("Public holidays of").select_option(label="Germany")
    expect(words).to_have_text("Every month on the last working day.")
    form.get_by_label("Amount, EUR").fill("")
    form.get_by_role("button", name="Add bill").click()
    expect(form.get_by_text("Enter an amount")).to_be_visible()
    form.get_by_label("Amount, EUR").fill("950")
    form.get_by_role("button", name="Add bill").click()
    expect(form).to_have_count(0)

    page.get_by_role("button", name="All bills").click()
    bill = page.locator(".line").filter(has_text="Rent")
    expect(bill).to_contain_text("every month on the last working day")
    bill.get_by_role("button", name="Pause Rent").click()
    expect(bill).to_contain_text("Paused")
    bill.get_by_role("button", name="Resume Rent").click()
    expect(bill.get_by_role("button", name="Pause Rent")).to_be_visible()

    bill.locator(".bill-edit").click()
    expect(form.get_by_label("On", exact=True)).to_have_value("last_working")
    form.get_by_label("Name").fill("Rent of the flat")
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".line").filter(has_text="Rent of the flat")).to_be_visible()
    undo(page)
    expect(page.locator(".line-title", has_text=re.compile("^Rent$"))).to_be_visible()

    page.get_by_role("button", name="Delete Rent").click()
    expect(page.get_by_role("heading", name="No bills yet")).to_be_visible()
    undo(page)
    expect(page.locator(".line-title", has_text=re.compile("^Rent$"))).to_be_visible()


def test_an_occurrence_is_worked_by_keys(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday", "1000")
    add(page, "Gym", "30", today())
    gym = line(page, "Gym").first
    expect(gym).to_contain_text("Due today")

    page.keyboard.press("j")
    expect(gym.locator(".bill-open")).to_be_focused()
    page.keyboard.press("s")
    expect(gym).to_contain_text("Skipped")
    page.keyboard.press("s")
    expect(gym).to_contain_text("Due today")

    page.keyboard.press("c")
    moved = today() + timedelta(days=3)
    dialog(page).get_by_label("Due").fill(moved.isoformat())
    dialog(page).get_by_label("Amount, EUR").fill("35")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_have_count(0)
    expect(gym).to_contain_text("Changed for this once")
    expect(gym).to_contain_text("35.00")
    undo(page)
    expect(gym).to_contain_text("Due today")

    gym.get_by_role("button", name="Post Gym").click()
    expect(gym).to_contain_text("Posted")
    undo(page)
    expect(gym).to_contain_text("Due today")
    gym.locator(".bill-open").focus()
    page.keyboard.press("p")
    dialog(page).get_by_role("button", name="Post").click()
    expect(dialog(page)).to_have_count(0)
    expect(gym).to_contain_text("Posted")
    page.goto("/transactions")
    expect(page.locator(".grid-row").filter(has_text="Gym")).to_have_count(1)

    page.locator(".grid-row").filter(has_text="Gym").dblclick()
    page.get_by_text("Booked for").get_by_role("link", name=re.compile("^Gym")).click()
    expect(line(page, "Gym").first.locator(".bill-open")).to_have_attribute("aria-expanded", "true")


def test_a_booking_is_matched_and_parted(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday", "1000")
    page.goto("/transactions")
    page.get_by_role("button", name="New transaction").click()
    form = page.get_by_role("form", name="New transaction")
    form.get_by_label("Payee").fill("Homes Ltd")
    form.get_by_label("Amount, EUR").fill("970")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".grid-row").filter(has_text="Homes Ltd")).to_have_count(1)
    add(page, "Rent", "950", today() - timedelta(days=1))
    rent = line(page, "Rent").first

    rent.locator(".bill-open").click()
    rent.get_by_role("button", name="Match…").click()
    dialog(page).get_by_label("Search").fill("Homes")
    dialog(page).locator(".bill-choice").filter(has_text="Homes Ltd").click()
    expect(dialog(page)).to_have_count(0)
    paid = line(page, "Rent").filter(has_text="Paid")
    expect(paid).to_contain_text("1 day late")
    expect(paid).to_contain_text("€20.00 more than expected")

    paid.get_by_role("button", name="Unmatch").click()
    expect(line(page, "Rent").filter(has_text="overdue")).to_be_visible()


def test_the_calendar_goes_by_keys_and_marks_the_day_of_want(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday", "100")
    due = today() + timedelta(days=1)
    add(page, "Rent", "950", due)
    page.goto("/bills/calendar")
    grid = page.get_by_role("grid")
    expect(grid.locator("[aria-current=date]")).to_be_visible()

    expect(page.get_by_text("Everyday falls below zero on")).to_have_count(
        1 if due.month == today().month else 0
    )
    grid.locator("[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"day={due.isoformat()}"))
    chosen = grid.locator("[tabindex='0']")
    expect(chosen).to_be_focused()
    expect(chosen).to_have_accessible_name(re.compile("below its minimum"))
    day = page.locator(".day-card")
    expect(line(page, "Rent")).to_be_visible()
    expect(day).to_contain_text("€-850.00".replace("€-", "−€"))

    page.keyboard.press("PageDown")
    expect(page.locator(".calendar-head h2")).not_to_have_text(due.strftime("%B %Y"))
    expect(grid.locator("[tabindex='0']")).to_be_focused()
    page.get_by_role("button", name="Today").click()
    expect(page).to_have_url(re.compile(f"day={today().isoformat()}"))


def test_a_feed_is_copied_once_and_ends_at_once(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday", "100")
    add(page, "Rent", "950", today())
    page.goto("/bills/calendar")
    page.get_by_role("button", name="Calendar feeds").click()
    dialog(page).get_by_role("button", name="New feed").click()
    dialog(page).get_by_label("Name").fill("My phone")
    dialog(page).get_by_role("button", name="Make the address").click()
    address = dialog(page).get_by_role("textbox", name="Address").input_value()
    path = address[address.index("/api/") :]
    feed = page.request.get(path)
    assert feed.ok and "SUMMARY:Rent" in feed.text(), feed.text()

    dialog(page).get_by_role("button", name="I have kept it").click()
    expect(dialog(page)).to_contain_text("My phone")
    assert address not in page.content()
    dialog(page).get_by_role("button", name="Revoke My phone").click()
    page.get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_role("button", name="Revoke My phone")).to_have_count(0)
    assert page.request.get(path).status == 404


def test_a_viewer_looks_and_changes_nothing(page: Page, other: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday", "100")
    add(page, "Rent", "950", today())
    link = make_invitation(page, "Viewer")
    sign_up(other, "Vera Viewer")
    other.goto(link)
    other.get_by_role("button", name=re.compile("Join")).click()
    expect(other.get_by_role("combobox", name="Household")).to_be_visible()

    other.goto("/bills")
    rent = line(other, "Rent").first
    rent.locator(".bill-open").click()
    expect(rent.locator(".bill-known")).to_be_visible()
    expect(rent.get_by_role("button", name="Skip")).to_have_count(0)
    expect(other.get_by_role("button", name="Add bill")).to_have_count(0)
    other.goto("/bills?view=all")
    expect(other.get_by_text("every month on")).to_be_visible()
    expect(other.get_by_role("button", name="Pause Rent")).to_have_count(0)
