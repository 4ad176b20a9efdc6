"""A newcomer's way: from sign-up over the bank's file to where the money went, and back."""

import re

from playwright.sync_api import Page, expect

from browser import open_account, sign_up, upload_statement


def figure(page: Page, name: str):
    return page.locator(".figure", has=page.get_by_text(name, exact=True)).locator(".figure-value")


def imported(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "1,000.00")
    upload_statement(page, "Everyday account")
    page.get_by_role("button", name="Accept import").click()
    expect(page.get_by_role("heading", name="7 transactions imported")).to_be_visible()


def test_a_file_is_understood_before_anything_is_saved(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "1,000.00")

    upload_statement(page, "Everyday account")

    facts = page.locator(".facts")
    expect(facts).to_contain_text("CSV")
    expect(facts).to_contain_text("2 Nov 2026 – 14 Nov 2026")
    expect(facts).to_contain_text("€2,500.00")
    expect(facts).to_contain_text("€261.25")
    expect(facts).to_contain_text("+€2,238.75")
    expect(page.get_by_role("button", name="New 7")).to_be_visible()
    page.get_by_role("button", name="Problems 1").click()
    expect(page.locator(".row-state-problem")).to_contain_text("line 8")
    page.goto("/accounts")
    expect(page.get_by_role("main")).to_contain_text("€1,000.00")


def test_the_dashboard_shows_where_the_money_went(page: Page) -> None:
    imported(page)

    page.get_by_role("link", name="See where it went").click()

    expect(page.get_by_role("heading", name="November 2026")).to_be_visible()
    expect(figure(page, "Income")).to_have_text("€2,500.00")
    expect(figure(page, "Expenses")).to_have_text("€261.25")
    expect(figure(page, "Saved")).to_have_text("€2,238.75")
    payees = page.locator(".payee-line")
    expect(payees.first).to_contain_text("Stadtwerke")
    expect(payees.first).to_contain_text("€118.20")
    expect(payees.filter(has_text="Kaffeehaus")).to_contain_text("2 times")
    expect(page.get_by_role("region", name="Account balances")).to_contain_text("€3,238.75")


def test_the_same_file_again_brings_nothing_new(page: Page) -> None:
    imported(page)

    upload_statement(page, "Everyday account")

    expect(page.get_by_role("button", name="Duplicates 7")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"^New \d"))).to_have_count(0)


def test_payees_are_categorised_in_one_go(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "0")
    upload_statement(page, "Everyday account")

    page.get_by_role("button", name="By payee").click()
    page.get_by_label("Category for REWE").fill("Groc")
    page.get_by_role("option", name=re.compile("Groceries")).first.click()
    page.get_by_role("button", name="All rows").click()

    rows = page.locator(".import-table tr", has_text="REWE")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Groceries")
    expect(rows.last).to_contain_text("Groceries")


def test_a_deleted_row_comes_back_with_u(page: Page) -> None:
    imported(page)
    page.get_by_role("link", name="View transactions").click()
    grid = page.get_by_role("grid")
    expect(grid).to_contain_text("Stadtwerke")

    page.get_by_role("button", name="Stadtwerke").click()
    page.get_by_role("button", name="Delete").click()
    expect(grid).not_to_contain_text("Stadtwerke")
    page.keyboard.press("u")

    expect(grid).to_contain_text("Stadtwerke")


def test_an_edit_in_its_row_is_saved_and_undone(page: Page) -> None:
    imported(page)
    page.get_by_role("link", name="View transactions").click()
    page.get_by_role("button", name="Trattoria Da Enzo").click()
    form = page.get_by_role("form", name=re.compile("Edit"))

    form.get_by_label(re.compile("^Amount")).fill("40+8.50")
    form.get_by_label("Note").fill("with Grandma")
    form.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name=re.compile("Trattoria"))
    expect(row).to_contain_text("−48.50")
    expect(row).to_contain_text("with Grandma")
    page.get_by_role("button", name="Undo").last.click()

    expect(row).to_contain_text("−46.00")
    expect(row).not_to_contain_text("Grandma")


def test_a_split_must_add_up(page: Page) -> None:
    imported(page)
    page.goto("/transactions")
    page.get_by_role("button", name="New transaction").click()
    form = page.get_by_role("form", name="New transaction")
    form.get_by_label("Payee").fill("Department store")
    form.get_by_label(re.compile("^Amount,")).fill("100")
    form.get_by_role("button", name="Split into several").click()
    for part, category, amount in ((1, "Groceries", "60"), (2, "Clothes", "39")):
        form.get_by_label(f"Category of part {part}").fill(category)
        page.get_by_role("option", name=re.compile(category)).first.click()
        form.get_by_label(f"Amount of part {part}").fill(amount)

    expect(form).to_contain_text("€1.00 left to assign")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form).to_contain_text("must add up")
    form.get_by_label("Amount of part 2").fill("40")
    form.get_by_role("button", name="Add", exact=True).click()

    row = page.get_by_role("row", name=re.compile("Department store"))
    expect(row).to_contain_text("Split: Groceries, Clothes")
    expect(row).to_contain_text("−100.00")


def test_an_import_is_undone_whole(page: Page) -> None:
    imported(page)

    page.get_by_role("button", name="Undo this import").click()

    expect(page.get_by_role("heading", name="This import was undone")).to_be_visible()
    page.goto("/accounts")
    expect(page.get_by_role("main")).to_contain_text("€1,000.00")


def test_a_session_survives_a_reload_and_ends_with_sign_out(page: Page) -> None:
    email = sign_up(page)

    page.reload()
    expect(page.get_by_role("heading", name=re.compile("Welcome"))).to_be_visible()
    page.goto("/settings")
    expect(page.get_by_role("main")).to_contain_text(email)
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/accounts")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_no_token_is_kept_where_a_script_could_read_it(page: Page) -> None:
    sign_up(page)

    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")

    assert not re.search(r"eyJ|token|refresh", kept), kept
