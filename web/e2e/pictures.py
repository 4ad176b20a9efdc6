"""Pictures of every page, for looking at: MARTLET_URL=… python e2e/pictures.py FOLDER

Each at 1440 and 390 pixels, light and dark.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from browser import fill_with_demo, launch, new_context, open_account, sign_up, upload_statement

WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")


def visit(path: str, ready: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(path)
        page.locator(ready).first.wait_for()

    return go


def edit_row(page: Page) -> None:
    visit("/transactions", ".grid-payee")(page)
    page.locator(".row-open", has_text="Amazon").first.or_(page.locator(".row-open").nth(2)).first.click()
    page.get_by_role("button", name="Save").wait_for()


def new_row(page: Page) -> None:
    visit("/transactions", ".grid-payee")(page)
    page.get_by_role("button", name="New transaction").click()
    page.get_by_label("Amount, EUR").fill("84.20")
    page.get_by_role("button", name="Split into several").click()
    page.get_by_label("Amount of part 2").fill("20")


def chosen_rows(page: Page) -> None:
    visit("/transactions?type=expense", ".grid-payee")(page)
    for index in range(3):
        page.locator(".grid-row input[type=checkbox]").nth(index).click()
    page.get_by_role("button", name="Filters").click()


def keys(page: Page) -> None:
    visit("/transactions", ".grid-payee")(page)
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def one_account(page: Page) -> None:
    visit("/accounts", ".list-link")(page)
    page.locator("main .list-link").first.click()
    page.locator(".chart-line").wait_for()


def drilled_down(page: Page) -> None:
    visit("/?period=year", ".category-bar")(page)
    page.locator(".category-bar").first.click()
    page.get_by_role("button", name="Net worth as a table").click()


def edit_account(page: Page) -> None:
    one_account(page)
    page.get_by_role("button", name="Edit").click()


def delete_category(page: Page) -> None:
    visit("/categories", ".category-line")(page)
    page.get_by_role("button", name="Delete Groceries").click()


def import_preview(page: Page) -> None:
    upload_statement(page, page.locator("select option:not([value=''])").first.inner_text().removesuffix(" (EUR)"))
    page.get_by_role("button", name="Columns and format").click()


def preview(page: Page) -> None:
    page.goto("/imports")
    page.get_by_label("Into account").wait_for()
    page.locator("select option").nth(1).wait_for(state="attached")
    import_preview(page)


def result(page: Page) -> None:
    preview(page)
    page.get_by_role("button", name="Accept import").click()
    page.get_by_role("button", name="Undo this import").wait_for()


PAGES: list[tuple[str, Callable[[Page], None]]] = [
    ("dashboard", visit("/", ".chart-line")),
    ("dashboard-year", drilled_down),
    ("register", visit("/transactions", ".grid-payee")),
    ("register-edit", edit_row),
    ("register-new", new_row),
    ("register-chosen", chosen_rows),
    ("register-keys", keys),
    ("accounts", visit("/accounts", ".list-link")),
    ("account", one_account),
    ("account-edit", edit_account),
    ("categories", visit("/categories", ".category-line")),
    ("category-delete", delete_category),
    ("import-preview", preview),
    ("import-result", result),
    ("imports", visit("/imports", ".drop")),
    ("settings", visit("/settings", ".profile")),
]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for width, (across, down) in WIDTHS.items():
            for scheme in SCHEMES:
                context = new_context(browser, across, down, color_scheme=scheme)
                page = context.new_page()

                def take(name: str) -> None:
                    page.wait_for_timeout(250)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)

                page.goto("/sign-in")
                page.get_by_role("button", name="Sign in").wait_for()
                take("sign-in")
                sign_up(page)
                take("welcome")
                fill_with_demo(page)
                for name, open_page in PAGES:
                    open_page(page)
                    take(name)
                context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
