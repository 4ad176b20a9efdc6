"""How the pages of planning get into the state that a picture shows."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from planning import some_goals, some_terms


def visit(path: str, ready: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(path)
        page.locator(ready).first.wait_for()

    return go


def budget_proposal(page: Page) -> None:
    """Only before the first budget; after it, the page as it is."""
    page.goto("/budget")
    page.locator(".budget-totals, .budget-proposal").first.wait_for()


def budget(page: Page) -> None:
    page.goto("/budget")
    page.locator(".budget-totals, .budget-proposal").first.wait_for()
    propose = page.get_by_role("button", name="Propose a budget")
    if propose.is_visible():
        propose.click()
        page.get_by_role("dialog").get_by_role("button", name="Fill", exact=True).click()
    page.locator(".budget-totals").wait_for()


def budget_view(name: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        budget(page)
        page.get_by_role("button", name=name, exact=True).click()
        page.locator(f".segment[aria-pressed=true]:has-text('{name}')").wait_for()

    return go


def budget_dialog(button: str, view: str = "Envelopes") -> Callable[[Page], None]:
    def go(page: Page) -> None:
        budget_view(view)(page)
        page.get_by_role("button", name=button, exact=True).first.click()
        page.get_by_role("dialog").wait_for()

    return go


def budget_fill(page: Page) -> None:
    budget_dialog("Fill")(page)
    page.get_by_label("How", exact=True).select_option("average")
    page.locator(".budget-preview").wait_for()


def budget_fill_week(page: Page) -> None:
    budget_dialog("Fill")(page)
    page.get_by_label("How", exact=True).select_option("weekly")
    page.get_by_label("Amount").fill("250")
    page.get_by_label(re.compile("^Groceries")).check()
    page.locator(".budget-more").wait_for()


def budget_edit(page: Page) -> None:
    budget_dialog("Groceries")(page)
    page.get_by_label("Filled by").select_option("by_date")
    page.get_by_role("combobox", name="Group").fill("Everyday")


def budget_groups(page: Page) -> None:
    for category in ("Groceries", "Restaurants"):
        budget_dialog(category)(page)
        page.get_by_role("combobox", name="Group").fill("Everyday")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("dialog").wait_for(state="detached")


def budget_cover(page: Page) -> None:
    budget(page)
    # The first month that is planned: nothing is left over from before.
    for _ in range(2):
        month = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="Period before").click()
        page.get_by_role("heading", level=1).filter(has_not_text=month).wait_for()
    for name, amount in (("Restaurants", "1"), ("Groceries", "2000")):
        page.get_by_label(f"Assigned to {name}", exact=True).fill(amount)
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
    page.get_by_role("button", name="Cover Restaurants", exact=True).click()
    page.get_by_role("dialog").wait_for()


def budget_settings(page: Page) -> None:
    budget_dialog("Budget settings")(page)
    page.get_by_label("A month begins on").select_option("last")
    page.locator(".budget-account").first.wait_for()


def budget_locked(page: Page) -> None:
    budget(page)
    page.get_by_role("button", name="Period before").click()
    page.get_by_role("button", name="Today").wait_for()
    page.get_by_role("button", name=re.compile("^(Lock|Unlock)$")).first.wait_for()
    if page.get_by_role("button", name="Lock", exact=True).is_visible():
        page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_role("button", name="Unlock").wait_for()


TASKS = [
    "Sort the receipts 2026-01-31 #home",
    "Pay the rent today #home !high every month",
    "Compare insurances next month !low",
    "Answer the tax office !urgent",
]


def tasks(page: Page) -> None:
    """Some in each section, made once."""
    page.goto("/tasks")
    page.get_by_role("heading", name="Tasks").wait_for()
    page.locator(".task-line, .empty").first.wait_for()
    for line in () if page.locator(".task-line").count() else TASKS:
        page.get_by_label("New task").fill(line)
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator(".task-line").filter(has_text=line.split(" ")[0]).first.wait_for()
    page.get_by_label("New task").fill("Call the bank friday #home !high")


def edit_task(page: Page) -> None:
    tasks(page)
    page.locator(".task-title").first.click()
    page.locator(".task-editor").wait_for()


def edit_link(page: Page) -> None:
    edit_task(page)
    page.get_by_label("About").select_option("transaction")
    page.get_by_role("combobox", name="Transaction").press_sequentially("building")
    page.locator(".floating-option").first.wait_for()


def chosen_tasks(page: Page) -> None:
    tasks(page)
    page.get_by_role("button", name="Choose", exact=True).click()
    page.get_by_role("button", name="All", exact=True).click()


def task_keys(page: Page) -> None:
    tasks(page)
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog").wait_for()


def one_goal(page: Page) -> None:
    some_goals(page)
    page.locator(".goal-link").filter(has_text="New roof").click()
    page.locator(".chart-line").first.wait_for()


def new_goal(page: Page) -> None:
    some_goals(page)
    page.get_by_role("button", name="New goal").click()
    page.get_by_label("Kind").select_option("emergency_fund")
    page.locator(".goal-hint").wait_for()


def set_aside(page: Page) -> None:
    some_goals(page)
    page.get_by_role("button", name="Set aside for New roof").click()
    page.get_by_label("Amount").fill("50")


def finish_goal(page: Page) -> None:
    one_goal(page)
    page.get_by_role("button", name="Finish…").click()


def debts(page: Page) -> None:
    some_terms(page)
    page.locator(".chart-line").first.wait_for()


def debts_tried(page: Page) -> None:
    debts(page)
    page.get_by_role("button", name="Own order").click()
    page.get_by_role("button", name="+100").click()
    page.locator(".debt-trying", has_text="sooner").wait_for()


def debt_terms(page: Page) -> None:
    debts(page)
    page.get_by_role("button", name=re.compile("^Terms of ")).first.click()


def bills(page: Page) -> None:
    """From what was found in the history, where there is anything; one of them is opened."""
    page.goto("/bills")
    page.locator(".bill-line, .empty").first.wait_for()
    make = page.get_by_role("button", name=re.compile("^(Make these|Make it a bill)"))
    if page.locator(".empty").count() and make.count():
        make.click()
    elif page.locator(".empty").count():
        add_bill(page, "Rent", "950")
    page.locator(".bill-line").first.wait_for()


def add_bill(page: Page, name: str, amount: str) -> None:
    page.get_by_role("button", name="Add bill").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Amount, EUR").fill(amount)
    dialog.get_by_role("button", name="Add bill").click()
    dialog.wait_for(state="detached")


def no_bills(page: Page) -> None:
    visit("/bills", ".bill-line, .empty")(page)


def bill_open(page: Page) -> None:
    bills(page)
    page.locator(".bill-open").first.click()
    page.locator(".bill-detail").wait_for()


def all_bills(page: Page) -> None:
    bills(page)
    page.get_by_role("button", name="All bills").click()
    page.locator(".bill-edit").first.wait_for()


def new_bill(page: Page) -> None:
    bills(page)
    page.get_by_role("button", name="Add bill").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Rent")
    dialog.get_by_label("Amount, EUR").fill("950")
    dialog.get_by_label("On", exact=True).select_option("last_working")
    dialog.get_by_label("Public holidays of").select_option("DE")
    dialog.get_by_label("Post it by itself").check()
    dialog.get_by_role("button", name="Matching, reminder").click()


def match_bill(page: Page) -> None:
    bill_open(page)
    page.get_by_role("button", name="Match…").or_(page.get_by_role("button", name="Edit bill")).first.click()
    page.get_by_role("dialog").wait_for()


def feeds(page: Page) -> None:
    visit("/bills/calendar", ".month-grid")(page)
    page.get_by_role("button", name="Calendar feeds").click()
    page.get_by_role("dialog").wait_for()


def notice_panel(page: Page) -> None:
    """What the import before it left; on phones the bell opens a page."""
    visit("/", ".chart-line")(page)
    page.locator(".bell").click()
    page.locator(".notice").first.wait_for()


PLANNING_PAGES: list[tuple[str, Callable[[Page], None]]] = [
    ("budget-proposal", budget_proposal),
    ("budget", budget),
    ("budget-limits", budget_view("Limits")),
    ("budget-flex", budget_view("Flex")),
    ("budget-flexible", budget_dialog("Set number…", "Flex")),
    ("budget-fill", budget_fill),
    ("budget-fill-week", budget_fill_week),
    ("budget-new", budget_dialog("Budget")),
    ("budget-edit", budget_edit),
    ("budget-groups", budget_groups),
    ("budget-group", budget_dialog("Group Everyday")),
    ("budget-ready", budget_dialog("Move from Ready to assign")),
    ("budget-hold", budget_dialog("Hold…")),
    ("budget-cover", budget_cover),
    ("budget-settings", budget_settings),
    ("budget-keys", budget_dialog("Keys")),
    ("budget-locked", budget_locked),
    ("goals", some_goals),
    ("goal", one_goal),
    ("goal-new", new_goal),
    ("goal-set-aside", set_aside),
    ("goal-finish", finish_goal),
    ("debts", debts),
    ("debts-tried", debts_tried),
    ("debt-terms", debt_terms),
    ("bills-none", no_bills),
    ("found", visit("/bills/found", ".found, .empty")),
    ("bills", bills),
    ("bills-open", bill_open),
    ("bills-match", match_bill),
    ("bills-all", all_bills),
    ("bill-new", new_bill),
    ("calendar", visit("/bills/calendar", ".month-grid")),
    ("calendar-feeds", feeds),
    ("subscriptions", visit("/bills/subscriptions", ".subscription-table, .empty")),
    ("notice-panel", notice_panel),
    ("notices", visit("/notices", ".notice")),
    ("notices-none", visit("/notices?kind=bill_due", ".empty")),
    ("tasks", tasks),
    ("task-edit", edit_task),
    ("task-link", edit_link),
    ("tasks-chosen", chosen_tasks),
    ("tasks-keys", task_keys),
]
