"""What the browser tests and the pictures share: a Chromium that finds fault, and first steps."""

import os
import re
import secrets
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

BASE_URL = os.environ.get("MARTLET_URL", "http://127.0.0.1:8080").rstrip("/")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
STATEMENT = Path(__file__).parent / "fixtures" / "statement.csv"
PASSWORD = "a sparrow sang at dawn 1"


def launch(playwright: Playwright) -> Browser:
    """Chromium's own sandbox needs rights that a container's root does not have."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)


def new_context(browser: Browser, width: int = 1440, height: int = 900, **options) -> BrowserContext:
    return browser.new_context(
        base_url=BASE_URL,
        viewport={"width": width, "height": height},
        locale="en-GB",
        timezone_id="Europe/Berlin",
        **options,
    )


def watch(page: Page) -> list[str]:
    """Everything a developer would see as red: errors, warnings and policy violations."""
    faults: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def sign_up(page: Page, name: str = "Ada Finch") -> str:
    email = f"ada.{secrets.token_hex(6)}@example.org"
    page.goto("/sign-up")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Currency").select_option("EUR")
    page.get_by_role("button", name="Create my books").click()
    page.get_by_role("heading", name=re.compile("Welcome")).wait_for()
    return email


def fill_with_demo(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Explore with demo data").click()
    page.get_by_role("heading", name="Net worth").wait_for(timeout=60_000)


def open_account(page: Page, name: str, opening_balance: str) -> None:
    page.goto("/accounts")
    page.get_by_role("button", name="New account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Opening balance").fill(opening_balance)
    dialog.get_by_label("On", exact=True).fill("2026-10-31")
    dialog.get_by_role("button", name="Open account").click()
    page.get_by_role("main").get_by_role("link", name=re.compile(name)).wait_for()


def upload_statement(page: Page, account: str) -> None:
    """To the preview of the fixture; nothing is accepted yet."""
    page.goto("/imports")
    page.get_by_label("Into account").select_option(label=f"{account} (EUR)")
    page.get_by_label("Statement file").set_input_files(STATEMENT)
    page.get_by_role("button", name="Accept import").wait_for()
