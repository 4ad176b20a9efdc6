"""Debts: terms, a plan that is tried out and kept, an own order by keys and by dragging."""

from playwright.sync_api import Locator, Page, expect

from browser import sign_up
from planning import add_terms, open_debt


def names(page: Page) -> Locator:
    return page.locator(".debt-name")


def begin(page: Page) -> None:
    sign_up(page)
    open_debt(page, "Car loan", "loan", "9,800.00")
    open_debt(page, "Store card", "credit_card", "2,300.00")
    open_debt(page, "Old loan", "loan", "1,000.00")
    page.goto("/debts")
    add_terms(page, "Car loan", "4.99", "250")
    add_terms(page, "Store card", "19,9", "25", share="2")
    add_terms(page, "Old loan", "1", "50")
    expect(page.locator(".figures")).to_contain_text("Free of debt")


def test_a_household_without_debts_is_told_where_they_come_from(page: Page) -> None:
    sign_up(page)
    page.goto("/debts")

    expect(page.get_by_role("heading", name="No debts")).to_be_visible()
    page.get_by_role("link", name="To the accounts").click()
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()


def test_an_extra_payment_is_tried_out_and_kept(page: Page) -> None:
    begin(page)
    expect(names(page)).to_have_text(["Store card", "Car loan", "Old loan"])
    page.get_by_role("button", name="Smallest first").click()
    expect(names(page)).to_have_text(["Old loan", "Store card", "Car loan"])
    page.get_by_role("button", name="Back to your plan").click()
    expect(page.get_by_role("button", name="Dearest first")).to_have_attribute("aria-pressed", "true")

    page.get_by_role("button", name="+100").click()
    expect(page.get_by_label("Extra each month")).to_have_value("100.00")
    trial = page.locator(".debt-trying")
    expect(trial).to_contain_text("sooner and")
    expect(trial).to_contain_text("less interest")
    page.get_by_role("button", name="Keep this plan").click()
    expect(trial).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Extra each month")).to_have_value("100.00")

    page.get_by_label("Extra each month").fill("-5")
    expect(page.get_by_text("It cannot be below zero")).to_be_visible()


def test_the_own_order_is_made_by_keys_and_by_dragging(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="Own order").click()
    first = names(page).all_inner_texts()
    handle = page.get_by_role("button", name=f"Move {first[0]}: drag, or arrow keys")
    handle.focus()
    page.keyboard.press("ArrowDown")
    expect(names(page)).to_have_text([first[1], first[0], first[2]])
    expect(handle).to_be_focused()
    page.keyboard.press("End")
    expect(names(page)).to_have_text([first[1], first[2], first[0]])

    box = handle.bounding_box()
    target = page.locator(".debt-line").first.bounding_box()
    assert box and target
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, target["y"] + target["height"] * 1.5, steps=5)
    page.mouse.move(box["x"] + 10, target["y"] + 10, steps=5)
    page.mouse.up()
    expect(names(page)).to_have_text(first)

    page.get_by_role("button", name=f"Move {first[2]} up").click()
    page.get_by_role("button", name="Keep this plan").click()
    expect(page.locator(".debt-trying")).to_have_count(0)
    page.reload()
    expect(names(page)).to_have_text([first[0], first[2], first[1]])


def test_a_debt_that_never_ends_says_so(page: Page) -> None:
    sign_up(page)
    open_debt(page, "Store card", "credit_card", "2,300.00")
    page.goto("/debts")
    add_terms(page, "Store card", "19.9", "5")

    expect(page.get_by_role("alert")).to_contain_text("Store card will never be paid off")
    expect(page.locator(".debt-line")).to_contain_text("The minimum does not cover the interest")
    page.get_by_label("Extra each month").fill("200")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".figures")).to_contain_text("minimums alone never end")


def test_terms_are_changed_removed_and_brought_back(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="Terms of Old loan").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Payment a month")).to_have_value("50.00")
    dialog.get_by_label("Interest, % a year").fill("30")
    dialog.get_by_role("button", name="Save").click()
    expect(names(page)).to_have_text(["Old loan", "Store card", "Car loan"])

    page.get_by_role("button", name="Terms of Old loan").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Add the terms of Old loan")).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_role("button", name="Terms of Old loan")).to_be_visible()


def test_the_schedule_is_gone_through_by_year_and_by_debt(page: Page) -> None:
    begin(page)
    table = page.get_by_role("table", name="Payments of All debts by month")
    expect(table.get_by_role("row")).to_have_count(13)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()

    page.get_by_label("Of", exact=True).select_option(label="Old loan")
    own = page.get_by_role("table", name="Payments of Old loan by month")
    expect(own.get_by_role("row").nth(1)).to_contain_text("€0.83")
    chart = page.get_by_role("slider", name="What is owed: Old loan")
    chart.focus()
    chart.press("Home")
    expect(chart).to_have_attribute("aria-valuetext", "Now: €1,000.00")
