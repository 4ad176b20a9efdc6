"""Tasks: written, ticked, moved and edited without a mouse."""

from playwright.sync_api import Page, expect

from browser import fill_with_demo, join, make_invitation, sign_up


def add(page: Page, line: str, title: str) -> None:
    expect(page.get_by_label("New task")).to_be_editable()
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


def test_several_are_changed_at_once_and_taken_back_as_one(page: Page) -> None:
    sign_up(page)
    page.goto("/tasks")
    for title in ("Sort receipts", "Compare prices", "Call the bank"):
        add(page, title, title)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("s")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("s")
    expect(page.get_by_text("2 chosen")).to_be_visible()
    page.get_by_label("Priority, for all chosen").select_option("urgent")
    expect(page.locator(".task-urgent")).to_have_count(2)
    page.get_by_label("Due, for all chosen").select_option(label="Tomorrow")
    expect(page.locator(".task-line").filter(has_text="Tomorrow")).to_have_count(2)
    page.get_by_label("Tag for all chosen").fill("office")
    page.get_by_label("Tag for all chosen").press("Enter")
    expect(page.locator(".task-tag").filter(has_text="#office")).to_have_count(2)
    page.get_by_label("Mark as, for all chosen").select_option("done")
    expect(titles(page)).to_have_text(["Call the bank"])

    page.get_by_role("button", name="Undo").last.click()
    expect(titles(page)).to_have_count(3)
    expect(page.locator(".task-urgent")).to_have_count(2)

    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Chosen tasks")).to_have_count(0)
    page.locator(".task-tick").first.focus()
    page.keyboard.press("a")
    expect(page.get_by_text("3 chosen")).to_be_visible()
    page.keyboard.press("Delete")
    expect(page.get_by_role("heading", name="Nothing to do")).to_be_visible()
    page.keyboard.press("u")
    expect(titles(page)).to_have_count(3)


def test_a_task_is_about_something(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    page.goto("/tasks")
    add(page, "Close it", "Close it")

    page.get_by_role("button", name="Edit Close it").click()
    page.get_by_label("About").select_option("account")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Choose what it is about")).to_be_visible()
    page.get_by_label("Account", exact=True).select_option(label="Savings")
    page.get_by_role("button", name="Save").click()
    expect(line_of(page, "Close it").get_by_role("link", name="Savings")).to_be_visible()

    page.get_by_role("button", name="Edit Close it").click()
    page.get_by_label("About").select_option("transaction")
    found = page.get_by_role("combobox", name="Transaction")
    found.press_sequentially("building")
    name = page.locator(".floating-option .clip").first.inner_text()
    found.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(line_of(page, "Close it").locator(".task-facts a")).to_contain_text(name)

    page.get_by_role("button", name="Edit Close it").click()
    expect(page.get_by_role("combobox", name="Transaction")).to_have_value(name)
    page.get_by_label("About").select_option("")
    page.get_by_role("button", name="Save").click()
    expect(line_of(page, "Close it").locator(".task-facts a")).to_have_count(0)


def test_tasks_are_moved_by_mouse_too(page: Page) -> None:
    sign_up(page)
    page.goto("/tasks")
    add(page, "Sort receipts", "Sort receipts")
    add(page, "Compare prices", "Compare prices")

    page.get_by_role("button", name="Move Compare prices up").click()
    expect(titles(page)).to_have_text(["Compare prices", "Sort receipts"])


def test_who_only_looks_changes_nothing(page: Page, other: Page) -> None:
    sign_up(page)
    page.goto("/tasks")
    add(page, "Sort receipts", "Sort receipts")
    join(other, make_invitation(page, "Viewer"))

    other.goto("/tasks")
    expect(titles(other)).to_have_text(["Sort receipts"])
    expect(other.get_by_label("New task")).to_have_count(0)
    expect(other.get_by_role("button", name="Choose", exact=True)).to_have_count(0)
    expect(other.get_by_role("checkbox", name="Sort receipts, done")).to_be_disabled()
