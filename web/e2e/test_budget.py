"""The budget: proposed, typed over like a spreadsheet, moved and covered in two clicks, taken back."""

import re

from playwright.sync_api import Locator, Page, expect

from browser import fill_with_demo, join, make_invitation, open_account, sign_up, watch
from planning_pictures import budget, budget_dialog


def cell(page: Page, name: str) -> Locator:
    return page.get_by_label(f"Assigned to {name}", exact=True)


def test_a_budget_is_proposed_and_typed_over(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    groceries = cell(page, "Groceries")
    groceries.click()

    groceries.fill("300")
    groceries.press("Enter")
    expect(groceries).to_have_value("300.00")
    expect(groceries).not_to_be_focused()
    groceries.click()
    groceries.fill("+50")
    groceries.press("Tab")
    expect(groceries).to_have_value("350.00")
    groceries.click()
    groceries.fill("9")
    groceries.press("Escape")
    expect(groceries).to_have_value("350.00")
    groceries.press("ArrowDown")
    expect(page.locator(".budget-amount:focus")).to_have_count(1)

    page.get_by_role("button", name="Limits").click()
    expect(page.get_by_label("Limit of Groceries", exact=True)).to_have_value("350.00")


def test_money_moves_in_two_clicks_and_back(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    groceries = cell(page, "Groceries")
    groceries.fill("2000")
    groceries.press("Enter")
    expect(groceries).to_have_value("2,000.00")

    page.get_by_role("button", name="Move from Groceries", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Ready to assign").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(groceries).not_to_have_value("2,000.00")
    page.get_by_role("button", name="Undo").last.click()
    expect(groceries).to_have_value("2,000.00")


def test_a_locked_period_is_read(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)

    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_text("This period is locked")).to_be_visible()
    expect(page.get_by_role("button", name="Fill")).to_be_disabled()
    expect(cell(page, "Groceries")).to_have_attribute("readonly", "")
    page.get_by_role("button", name="Unlock").click()
    expect(cell(page, "Groceries")).not_to_have_attribute("readonly", "")


def test_keys_go_from_cell_to_cell(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    groceries = cell(page, "Groceries")

    groceries.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Transactions of Groceries").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Move from Groceries", exact=True)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(groceries).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Groceries", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("5")
    expect(groceries).to_have_value("152")
    page.keyboard.press("Shift+Enter")
    expect(groceries).to_have_value("152.00")
    expect(groceries).not_to_be_focused()


def test_a_number_leads_to_its_transactions(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    page.get_by_role("button", name="Period before").click()
    expect(page.get_by_role("button", name="Today")).to_be_visible()

    page.get_by_role("link", name="Transactions of Groceries").first.click()

    page.locator(".grid-payee").first.wait_for()
    assert re.search(r"category_id=.*from=\d{4}-\d\d-01&to=", page.url)


def test_what_is_overspent_is_covered_in_two_clicks(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    # The first month that is planned: nothing is left over from before.
    for _ in range(2):
        month = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="Period before").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(month)
    restaurants = cell(page, "Restaurants")
    restaurants.fill("1")
    restaurants.press("Enter")

    page.get_by_role("button", name="Cover Restaurants", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Ready to assign").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Move from Restaurants", exact=True)).to_have_text("0.00")
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Cover Restaurants", exact=True)).to_be_visible()


def test_income_is_held_for_the_next_period(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget_dialog("Hold…")(page)
    page.get_by_label("Held").fill("100")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".budget-figure").filter(has_text="Held for the next")).to_contain_text("€100.00")
    page.keyboard.press("u")
    expect(page.locator(".budget-figure").filter(has_text="Held for the next")).to_contain_text("€0.00")


def test_a_fill_is_seen_first_narrowed_and_taken_back_as_a_whole(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    before = cell(page, "Groceries").input_value()
    page.get_by_role("button", name="Fill", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("How", exact=True).select_option("fixed")
    dialog.get_by_label("Amount").fill("3000")
    expect(dialog.get_by_text("Choose what it is for.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Fill", exact=True)).to_be_disabled()
    dialog.get_by_label(re.compile("^Groceries")).check()
    dialog.get_by_label(re.compile("^Restaurants")).check()
    expect(dialog.locator(".budget-more")).to_have_text(["3,000.00", "3,000.00"])
    dialog.get_by_role("button", name="Fill", exact=True).click()

    expect(dialog).to_have_count(0)
    expect(cell(page, "Groceries")).to_have_value("3,000.00")
    expect(cell(page, "Restaurants")).to_have_value("3,000.00")
    page.get_by_role("button", name="Undo").last.click()
    expect(cell(page, "Groceries")).to_have_value(before)


def test_rules_of_budgets_fill_by_priority(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget_dialog("Groceries")(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Filled by").select_option("share")
    dialog.get_by_label("Percent of the income").fill("101")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Percent from 0 to 100")).to_be_visible()
    dialog.get_by_label("Filled by").select_option("fixed")
    dialog.get_by_label("Amount").fill("4000")
    dialog.get_by_label("Priority").select_option("2")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)

    page.keyboard.press("f")
    expect(dialog.get_by_label(re.compile("^Groceries"))).to_be_checked()
    expect(dialog).to_contain_text("priority 2")
    dialog.get_by_role("button", name="Fill", exact=True).click()
    expect(cell(page, "Groceries")).to_have_value("4,000.00")


def test_settings_change_how_it_is_looked_at_and_lose_nothing(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    groceries = cell(page, "Groceries").input_value()
    cash = page.locator(".budget-figure").filter(has_text="Cash").locator(".amount")
    cash_before = cash.inner_text()
    page.get_by_role("button", name="Budget settings").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("A month begins on").select_option("last")
    dialog.get_by_label("Holidays of").select_option("DE")
    dialog.get_by_role("checkbox", name="Savings").uncheck()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(cash).not_to_have_text(cash_before)
    expect(page.locator(".page-lead")).not_to_contain_text(re.compile(r"^1 "))

    page.get_by_role("button", name="Undo").last.click()
    expect(cash).to_have_text(cash_before)
    page.get_by_role("button", name="Budget settings").click()
    dialog.get_by_label("Planned in").select_option("week")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=re.compile("^Week"))).to_be_visible()
    page.keyboard.press("u")
    expect(cell(page, "Groceries")).to_have_value(groceries)


def test_budgets_stand_in_groups(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    for name in ("Groceries", "Fuel"):
        budget_dialog(name)(page)
        page.get_by_role("combobox", name="Group").fill("Every day")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog")).to_have_count(0)

    page.get_by_role("button", name="Group Every day").click()
    page.get_by_label("Name").fill("Always")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Group Always")).to_be_visible()
    rows = page.locator("tbody").filter(has=page.get_by_role("button", name="Group Always"))
    expect(rows.locator("tr")).to_have_count(3)
    names = rows.get_by_role("textbox")
    order = [names.nth(index).get_attribute("aria-label") for index in range(2)]
    page.get_by_role("button", name="Group Always").click()
    page.get_by_role("button", name=re.compile("^Move .*: drag")).first.press("ArrowDown")
    page.get_by_role("button", name="Save").click()
    expect(names.first).to_have_attribute("aria-label", order[1])
    expect(names.last).to_have_attribute("aria-label", order[0])
    page.get_by_role("button", name="Group Always").click()
    page.get_by_role("button", name="Dissolve").click()
    expect(page.get_by_role("button", name="Group Always")).to_have_count(0)


def test_a_category_gets_a_budget_and_loses_it(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    page.goto("/budget")
    expect(page.get_by_text("there is nothing to propose yet")).to_be_visible()
    page.get_by_role("button", name="New budget").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Category").press_sequentially("grocer")
    expect(dialog.locator(".floating-option")).to_have_count(1)
    dialog.get_by_role("combobox", name="Category").press("Enter")
    dialog.get_by_role("button", name="Save").click()
    expect(cell(page, "Groceries")).to_have_value("0.00")

    page.get_by_role("button", name="Groceries", exact=True).click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No budget yet")).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    expect(cell(page, "Groceries")).to_have_value("0.00")


def test_who_only_looks_is_told_so(page: Page, other: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    join(other, make_invitation(page, "Viewer"))

    other.goto("/budget")
    expect(other.get_by_text("Their editors change the budget.")).to_be_visible()
    expect(cell(other, "Groceries")).to_have_attribute("readonly", "")
    expect(other.get_by_role("button", name="Fill")).to_have_count(0)
    expect(other.get_by_role("button", name=re.compile("^(Move from|Cover)"))).to_have_count(0)


def test_who_does_not_see_every_account_is_told_so(page: Page, other: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    budget(page)
    join(other, make_invitation(page, "Editor"))
    page.goto("/accounts")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Savings")).click()
    page.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Who sees it", exact=True).select_option("Only some")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)

    faults = watch(other)
    other.goto("/budget")
    expect(other.get_by_text("The budget has accounts that you do not see.")).to_be_visible()
    expect(cell(other, "Groceries")).to_have_attribute("readonly", "")
    expect(other.get_by_role("button", name="Fill")).to_have_count(0)
    assert faults == []
