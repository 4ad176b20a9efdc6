"""The budget: proposed, typed over like a spreadsheet, moved and covered in two clicks, taken back."""

from playwright.sync_api import Locator, Page, expect

from browser import fill_with_demo, sign_up
from pictures import budget


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
    expect(cell(page, "Groceries")).to_have_attribute("readonly", "")
    page.get_by_role("button", name="Unlock").click()
    expect(cell(page, "Groceries")).not_to_have_attribute("readonly", "")
