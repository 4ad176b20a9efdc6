"""First steps with goals and debts, for the tests and the pictures."""

import re
from datetime import date

from playwright.sync_api import Locator, Page


def months_ago(count: int, day: int) -> str:
    """A day of a month before this one; a negative count lies ahead."""
    today = date.today()
    index = today.year * 12 + today.month - 1 - count
    return f"{index // 12}-{index % 12 + 1:02}-{day:02}"


def goal_line(page: Page, name: str) -> Locator:
    return page.locator(".goal-line").filter(has_text=name)


def make_goal(page: Page, name: str, target: str, **fields: str) -> None:
    page.goto("/goals")
    page.get_by_role("button", name="New goal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Target").fill(target)
    for label, text in fields.items():
        dialog.get_by_label(label.replace("_", " ").capitalize()).fill(text)
    dialog.get_by_role("button", name="Make the goal").click()
    goal_line(page, name).wait_for()


def set_aside(page: Page, goal: str, account: str, amount: str, on: str | None = None) -> None:
    """From the list; left open where it is refused."""
    page.get_by_role("button", name=f"Set aside for {goal}").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("select option", has_text=account).wait_for(state="attached")
    dialog.get_by_label("It stays on").select_option(label=account)
    dialog.get_by_label("Amount").fill(amount)
    if on:
        dialog.get_by_label("On", exact=True).fill(on)
    dialog.get_by_role("button", name="Set aside").click()


def open_debt(page: Page, name: str, kind: str, owed: str) -> None:
    page.goto("/accounts")
    page.get_by_role("button", name="New account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Kind").select_option(kind)
    dialog.get_by_label("Owed at the start").fill(owed)
    dialog.get_by_label("On", exact=True).fill("2026-10-31")
    dialog.get_by_role("button", name="Open account").click()
    page.get_by_role("main").get_by_role("link", name=re.compile(name)).wait_for()


def add_terms(page: Page, name: str, rate: str, payment: str, share: str | None = None) -> None:
    page.get_by_role("button", name=f"Add the terms of {name}", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Interest, % a year").fill(rate)
    dialog.get_by_label("Least payment").select_option("share" if share else "fixed")
    if share:
        dialog.get_by_label("Share, %").fill(share)
    dialog.get_by_label("But at least" if share else "Payment a month").fill(payment)
    dialog.get_by_role("button", name="Save").click()
    dialog.wait_for(state="detached")
    page.get_by_role("button", name=f"Terms of {name}", exact=True).wait_for()


def some_goals(page: Page) -> None:
    """Three on their way, one of them half a year old, made once; what is there already stays."""
    page.goto("/goals")
    page.locator(".goal-line, .empty").first.wait_for()
    if not page.locator(".goal-line").count():
        page.get_by_role("button", name="Make an emergency fund").click()
        page.get_by_role("dialog").get_by_role("button", name="Make the goal").click()
        goal_line(page, "Emergency fund").wait_for()
    if goal_line(page, "New roof").count():
        return
    make_goal(
        page,
        "New roof",
        "12000",
        by=months_ago(-10, 28),
        its_path_begins_on=months_ago(6, 1),
        note="The north side first.",
    )
    make_goal(page, "Bicycle", "900")
    for count in (6, 5, 4, 2, 1):
        set_aside(page, "New roof", "Savings", "550", months_ago(count, 5))
        page.get_by_role("dialog").wait_for(state="detached")
    set_aside(page, "Bicycle", "Current account", "320")
    page.get_by_role("dialog").wait_for(state="detached")


def some_terms(page: Page) -> None:
    """Of every debt of the demo household, made once."""
    page.goto("/debts")
    page.locator(".debt-line, .empty").first.wait_for()
    missing = page.get_by_role("button", name=re.compile("^Add the terms of "))
    while missing.count():
        name = (missing.first.get_attribute("aria-label") or "").removeprefix("Add the terms of ")
        if "Mortgage" in name:
            add_terms(page, name, "3.6", "1300")
        else:
            add_terms(page, name, "19.9", "25", share="2")
    page.locator(".figures").wait_for()
