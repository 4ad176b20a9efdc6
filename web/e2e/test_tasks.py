"""Tasks: written, ticked, moved and edited without a mouse."""

from playwright.sync_api import Page, expect

from browser import sign_up


def add(page: Page, line: str, title: str) -> None:
    # Keys do nothing before the page is there.
    expect(page.get_by_label("New task")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label("New task")).to_be_focused()
    page.keyboard.type(line)
    page.keyboard.press("Enter")
    expect(line_of(page, title)).to_be_visible()
    expect(page.get_by_label("New task")).to_have_value("")
    page.keyboard.press("Escape")


def line_of(page: Page, title: str):
    return page.locator(".task-line").filter(has_text=title)


def titles(page: Page):
    return page.locator(".task-title")


def badge(page: Page):
    return page.get_by_role("navigation", name="Main").locator(".nav-count")


def test_tasks_are_kept_without_a_mouse(page: Page) -> None:
    sign_up(page)
    page.goto("/tasks")
    expect(page.get_by_role("heading", name="Nothing to do")).to_be_visible()
    expect(badge(page)).to_have_count(0)

    add(page, "Pay the rent tomorrow #home !high", "Pay the rent")
    expect(line_of(page, "Pay the rent")).to_contain_text("Tomorrow")
    expect(line_of(page, "Pay the rent")).to_contain_text("#home")
    expect(line_of(page, "Pay the rent")).to_contain_text("High")
    add(page, "Sort receipts", "Sort receipts")
    add(page, "Compare prices", "Compare prices")
    expect(badge(page)).to_contain_text("3")
    expect(titles(page)).to_have_text(["Pay the rent", "Sort receipts", "Compare prices"])

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(titles(page)).to_have_text(["Pay the rent", "Compare prices", "Sort receipts"])

    page.keyboard.press("e")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Sort all receipts")
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_text(["Pay the rent", "Compare prices", "Sort all receipts"])

    page.keyboard.press("x")
    expect(titles(page)).to_have_text(["Pay the rent", "Compare prices"])
    expect(badge(page)).to_contain_text("2")
    page.keyboard.press("u")
    expect(titles(page)).to_have_text(["Pay the rent", "Compare prices", "Sort all receipts"])


def test_what_repeats_comes_again_and_the_list_is_narrowed(page: Page) -> None:
    sign_up(page)
    page.goto("/tasks")
    add(page, "Water the plants today every week", "Water the plants")
    add(page, "Answer the bank !urgent #office", "Answer the bank")

    line_of(page, "Water the plants").get_by_role("checkbox").click()
    expect(page.get_by_role("heading", name="Today")).to_have_count(0)
    expect(line_of(page, "Water the plants")).to_have_count(1)
    page.get_by_label("Done ones too").check()
    expect(line_of(page, "Water the plants")).to_have_count(2)

    page.get_by_label("Search tasks").fill("office")
    expect(titles(page)).to_have_text(["Answer the bank"])
    page.get_by_label("Search tasks").fill("nothing like it")
    expect(page.get_by_role("heading", name="No task like this")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(line_of(page, "Water the plants")).to_have_count(2)
