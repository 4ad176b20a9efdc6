"""Goals: proposed, filled, warned of, paused, finished, deleted and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser import open_account, sign_up
from planning import goal_line, make_goal, months_ago, set_aside
from test_sharing import share


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").last.click()


def begin(page: Page, target: str = "900") -> None:
    sign_up(page)
    open_account(page, "Savings", "1,000.00")
    make_goal(page, "Bicycle", target)


def test_an_emergency_fund_is_proposed_where_there_is_nothing(page: Page) -> None:
    sign_up(page)
    open_account(page, "Savings", "1,000.00")
    page.goto("/goals")
    page.get_by_role("button", name="Make an emergency fund").click()
    dialog = page.get_by_role("dialog", name="New goal")
    expect(dialog.get_by_label("Kind")).to_have_value("emergency_fund")
    expect(dialog.get_by_label("Name")).to_have_value("Emergency fund")
    dialog.get_by_label("Months of spending").fill("4")
    dialog.get_by_role("button", name="Make the goal").click()

    expect(goal_line(page, "Emergency fund")).to_contain_text("4 months")


def test_a_sinking_fund_says_what_it_needs_and_comes_again(page: Page) -> None:
    sign_up(page)
    open_account(page, "Savings", "1,000.00")
    page.goto("/goals")
    page.get_by_role("button", name="New goal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Kind").select_option("sinking_fund")
    dialog.get_by_role("button", name="Make the goal").click()
    expect(dialog).to_contain_text("Give the goal a name")
    expect(dialog).to_contain_text("Say when the money is needed next")

    dialog.get_by_label("Name").fill("Insurance")
    dialog.get_by_label("Target").fill("240")
    dialog.get_by_label("Needed next on").fill(months_ago(-11, 15))
    dialog.get_by_label("Set aside").select_option("fixed")
    dialog.get_by_label("On the account").select_option(label="Savings")
    dialog.get_by_label("Amount a month").fill("20")
    dialog.get_by_role("button", name="Make the goal").click()
    expect(goal_line(page, "Insurance")).to_contain_text("every year")
    expect(goal_line(page, "Insurance")).to_contain_text("€20.00 to set aside this month")

    set_aside(page, "Insurance", "Savings", "240")
    expect(goal_line(page, "Insurance")).to_contain_text("Reached")
    page.get_by_role("link", name=re.compile("Insurance")).click()
    page.get_by_role("button", name="Finish…").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Finish", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("€0.00 of €240.00")
    expect(page.get_by_role("main")).to_contain_text("Released when the goal was finished")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_money_is_set_aside_taken_out_and_taken_back(page: Page) -> None:
    begin(page)
    set_aside(page, "Bicycle", "Savings", "600")
    expect(goal_line(page, "Bicycle")).to_contain_text("€600.00 of €900.00")
    expect(page.get_by_role("row", name=re.compile("Savings"))).to_contain_text("€400.00")
    undo(page)
    expect(goal_line(page, "Bicycle")).to_contain_text("€0.00 of €900.00")
    set_aside(page, "Bicycle", "Savings", "600")
    expect(goal_line(page, "Bicycle")).to_contain_text("€600.00 of €900.00")

    page.get_by_role("link", name=re.compile("Bicycle")).click()
    page.get_by_role("button", name="Take out").click()
    dialog = page.get_by_role("dialog", name="Take out of Bicycle")
    dialog.get_by_label("Amount").fill("100")
    dialog.get_by_label("Note").fill("a lamp")
    dialog.get_by_role("button", name="Take out").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("€500.00 of €900.00")
    expect(page.locator(".goal-entry")).to_have_count(2)
    expect(page.locator(".goal-entry").first).to_contain_text("a lamp")
    expect(page.locator(".goal-entry").first).to_contain_text("By Ada Finch")

    page.get_by_role("button", name=re.compile("^Delete the entry")).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(main).to_contain_text("€600.00 of €900.00")
    undo(page)
    expect(main).to_contain_text("€500.00 of €900.00")


@pytest.mark.refused
def test_nobody_sets_aside_what_is_not_there_without_being_told(page: Page) -> None:
    begin(page, "5000")
    set_aside(page, "Bicycle", "Savings", "1500")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("€500.00 more than there is")
    dialog.get_by_label("Amount").fill("1200")
    expect(dialog.get_by_role("alert")).to_have_count(0)
    dialog.get_by_role("button", name="Set aside").click()
    expect(dialog.get_by_role("alert")).to_contain_text("€200.00 more than there is")
    dialog.get_by_role("button", name="Set aside all the same").click()

    expect(dialog).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("€200.00 too much")
    expect(goal_line(page, "Bicycle")).to_contain_text("More is set aside than there is")

    page.get_by_role("link", name=re.compile("Bicycle")).click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("alert")).to_contain_text("€200.00 more than there is")
    page.get_by_role("button", name="Restore all the same").click()
    expect(goal_line(page, "Bicycle")).to_be_visible()


def test_a_goal_rests_ends_and_goes_with_a_way_back(page: Page) -> None:
    begin(page)
    set_aside(page, "Bicycle", "Savings", "300")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name=re.compile("Bicycle")).click()
    main = page.get_by_role("main")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    undo(page)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()

    page.get_by_role("button", name="Finish…").click()
    page.get_by_role("dialog").get_by_role("button", name="Finish", exact=True).click()
    expect(page.get_by_role("button", name="Open again")).to_be_visible()
    expect(main).to_contain_text("€0.00 of €900.00")
    undo(page)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(main).to_contain_text("€300.00 of €900.00")

    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Name").fill("Cargo bike")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Cargo bike")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", name="Begin with an emergency fund")).to_be_visible()
    page.get_by_role("button", name="Restore").click()
    expect(goal_line(page, "Cargo bike")).to_contain_text("€300.00 of €900.00")


def test_the_path_is_read_by_keys_and_as_a_table(page: Page) -> None:
    begin(page)
    make_goal(page, "Roof", "1200", by=months_ago(-6, 28), its_path_begins_on=months_ago(5, 1))
    set_aside(page, "Roof", "Savings", "100", months_ago(2, 10))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(goal_line(page, "Roof")).to_contain_text("Behind by")
    page.get_by_role("link", name=re.compile("Roof")).click()

    chart = page.get_by_role("slider", name="Path of Roof")
    chart.focus()
    chart.press("Home")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("Planned €100.00, Set aside €0.00"))
    chart.press("End")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("Planned €1,200.00, As suggested €1,200.00"))
    page.get_by_role("button", name="Path as a table").click()
    expect(page.get_by_role("region", name="Path, table").get_by_role("row")).to_have_count(13)


def test_goals_have_an_order(page: Page) -> None:
    begin(page)
    make_goal(page, "Roof", "1200")
    expect(page.locator(".goal-line .list-title")).to_have_text(["Bicycle", "Roof"])

    make_goal(page, "Desk", "300")

    up = page.get_by_role("button", name="Move Desk up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".goal-line .list-title")).to_have_text(["Bicycle", "Desk", "Roof"])
    expect(up).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".goal-line .list-title")).to_have_text(["Desk", "Bicycle", "Roof"])


def test_viewers_see_goals_and_change_none(page: Page, other: Page) -> None:
    share(page, other, "Viewer")
    make_goal(page, "Bicycle", "900")
    set_aside(page, "Bicycle", "Everyday account", "300")
    expect(page.get_by_role("dialog")).to_have_count(0)

    other.goto("/goals")
    expect(goal_line(other, "Bicycle")).to_contain_text("€300.00 of €900.00")
    expect(other.get_by_role("button", name="New goal")).to_have_count(0)
    expect(other.get_by_role("button", name=re.compile("Set aside"))).to_have_count(0)
    other.get_by_role("link", name=re.compile("Bicycle")).click()
    expect(other.get_by_role("heading", name="History")).to_be_visible()
    expect(other.get_by_role("main").get_by_role("button", name=re.compile("Delete|Edit|Pause"))).to_have_count(0)
