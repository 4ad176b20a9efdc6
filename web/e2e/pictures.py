"""Pictures of every page, for looking at: MARTLET_URL=… python e2e/pictures.py FOLDER

Each at 1440 and 390 pixels, light and dark.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from browser import (
    ADMIN,
    at_home,
    code_of,
    fill_with_demo,
    launch,
    new_context,
    register_admin,
    sign_in,
    sign_out,
    sign_up,
    upload_statement,
)
from planning_pictures import PLANNING_PAGES, visit

WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")


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


def security(page: Page) -> None:
    visit("/settings/security", ".line")(page)


def totp(page: Page) -> None:
    security(page)
    page.get_by_role("button", name="Set up").click()
    page.locator(".qr").wait_for()


def backup_codes(page: Page) -> None:
    totp(page)
    secret = page.get_by_label("Or type this secret").input_value()
    page.get_by_label("Code of your app").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    page.locator(".backup-codes").wait_for()
    # Left as it was found, for whoever takes the next picture.
    page.evaluate("scrollTo(0, 0)")


def new_token(page: Page) -> None:
    security(page)
    page.get_by_role("button", name="New token").click()
    page.get_by_label("Name").fill("Backup script")
    page.get_by_label("read transactions").check()


def invitation_made(page: Page) -> None:
    visit("/settings/household", ".line")(page)
    page.get_by_role("button", name="Invite").click()
    page.get_by_role("button", name="Make the invitation").click()
    page.get_by_label("Link").wait_for()


def entry_details(page: Page) -> None:
    visit("/settings/activity", ".event")(page)
    page.get_by_role("button", name="Details").first.click()


def own_events(page: Page) -> None:
    visit("/settings/activity", ".segments")(page)
    page.get_by_role("button", name="Your sign-ins").click()
    page.locator(".event").first.wait_for()


def one_person(page: Page) -> None:
    visit("/admin/people", "tbody tr")(page)
    page.get_by_role("button", name="Ada Finch").first.click()
    page.get_by_role("dialog").wait_for()


def refused(page: Page) -> None:
    visit("/sign-in", "form")(page)
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_label("Password").fill("not the right one")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator(".note-problem").wait_for()


def letter_sent(page: Page) -> None:
    visit("/forgot", "form")(page)
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_role("button", name="Send the link").click()
    page.locator(".note").wait_for()


PAGES: list[tuple[str, Callable[[Page], None]]] = [
    ("dashboard", visit("/", ".chart-line")),
    ("dashboard-year", drilled_down),
    ("register", visit("/transactions", ".grid-payee")),
    ("register-edit", edit_row),
    ("register-new", new_row),
    ("register-chosen", chosen_rows),
    ("register-keys", keys),
    *PLANNING_PAGES,
    ("accounts", visit("/accounts", ".list-link")),
    ("account", one_account),
    ("account-edit", edit_account),
    ("categories", visit("/categories", ".category-line")),
    ("category-delete", delete_category),
    ("import-preview", preview),
    ("import-result", result),
    ("imports", visit("/imports", ".drop")),
    ("settings", visit("/settings", "form")),
    ("settings-security", visit("/settings/security", ".line")),
    ("settings-totp", totp),
    ("settings-backup-codes", backup_codes),
    ("settings-token", new_token),
    ("settings-household", visit("/settings/household", ".line")),
    ("settings-invite", invitation_made),
    ("settings-notices", visit("/settings/notices", ".notice-table")),
    ("settings-privacy", visit("/settings/privacy", ".card")),
    ("settings-activity", visit("/settings/activity", ".event")),
    ("settings-activity-details", entry_details),
    ("settings-sign-ins", own_events),
    ("legal", visit("/privacy", ".prose p")),
]

# For whoever looks after the server.
ADMIN_PAGES: list[tuple[str, Callable[[Page], None]]] = [
    ("admin-people", visit("/admin/people", "tbody tr")),
    ("admin-person", one_person),
    ("admin-roles", visit("/admin/roles", "tbody tr")),
    ("admin-audit", visit("/admin/audit", ".event")),
    ("admin-system", visit("/admin/system", "dl")),
    ("admin-work", visit("/admin/work", "tbody tr")),
    ("admin-pages", visit("/admin/pages", "textarea")),
]

# For whoever is not signed in.
VISITOR_PAGES: list[tuple[str, Callable[[Page], None]]] = [
    ("sign-in", visit("/sign-in", "form")),
    ("sign-in-refused", refused),
    ("sign-up", visit("/sign-up", "form")),
    ("forgot", visit("/forgot", "form")),
    ("forgot-sent", letter_sent),
    ("reset", visit("/reset#token=0", "form")),
    ("verify", visit("/verify", ".note")),
    ("invitation", visit("/invitation", ".note")),
]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for width, (across, down) in WIDTHS.items():
            for scheme in SCHEMES:
                context = new_context(browser, across, down, color_scheme=scheme)
                page = context.new_page()
                register_admin(context.request)

                def take(name: str) -> None:
                    page.wait_for_timeout(250)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)

                for name, open_page in VISITOR_PAGES:
                    open_page(page)
                    take(name)
                sign_up(page)
                take("welcome")
                visit("/goals", ".empty")(page)
                take("goals-empty")
                fill_with_demo(page)
                for name, open_page in PAGES:
                    open_page(page)
                    take(name)
                sign_out(page)
                sign_in(page, ADMIN)
                at_home(page).wait_for()
                for name, open_page in ADMIN_PAGES:
                    open_page(page)
                    take(name)
                context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
