"""What the tests of the doors share: the page on security, and refusals that a test plays."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from browser import code_of


def open_security(page: Page) -> None:
    page.goto("/settings/security")
    page.get_by_role("heading", name="Devices").wait_for()


def turn_on_codes(page: Page) -> tuple[str, list[str]]:
    """The secret and the backup codes."""
    open_security(page)
    page.get_by_role("button", name="Set up").click()
    secret = page.get_by_label("Or type this secret").input_value()
    page.get_by_label("Code of your app").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator(".backup-codes code")).to_have_count(10)
    codes = page.locator(".backup-codes code").all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 of 10 backup codes left")).to_be_visible()
    return secret, codes


def add_passkey(page: Page) -> None:
    open_security(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name=re.compile("^Rename"))).to_be_visible()


def answer_with(status: int, body: dict, headers: dict | None = None) -> Callable[[Route], None]:
    def fulfil(route: Route) -> None:
        route.fulfill(status=status, json=body, headers=headers or {})

    return fulfil


def refusal(code: str, message: str = "refused") -> dict:
    return {"error": {"code": code, "message": message, "details": None}}
