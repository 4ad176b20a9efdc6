"""What must hold on every page: nothing in the way of anyone, nothing too heavy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser import (
    ADMIN,
    at_home,
    fill_with_demo,
    open_account,
    sign_in,
    sign_out,
    sign_up,
    upload_statement,
)
from pictures import ADMIN_PAGES, PAGES, VISITOR_PAGES

FIRST_LOAD_BYTES = 110_000


def findings_on(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{page.url} {found['id']} ({found['impact']}): {node['html'][:160]} {node['failureSummary']}"
        for found in violations
        for node in found["nodes"]
    ]


def let_draw(page: Page) -> None:
    """Until what changed has been drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def is_too_wide(page: Page, width: int) -> bool:
    """Whether it scrolls sideways at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    let_draw(page)
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def faults_of(page: Page, pages: list, width: int, others: list[int]) -> list[str]:
    """What axe finds on pages at a width, light and dark, and which of them scroll sideways at it or others."""
    faults = []
    for name, open_page in pages:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        open_page(page)
        faults += findings_on(page)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        let_draw(page)
        faults += [f"dark: {finding}" for finding in findings_on(page)]
        faults += [f"{name} scrolls at {each}" for each in [width, *others] if is_too_wide(page, each)]
    page.set_viewport_size({"width": width, "height": 900})
    return faults


# The frame changes at 900 pixels: each of its two forms is opened once and then resized.
FORMS = pytest.mark.parametrize("width, others", [(390, [360, 768]), (1440, [3840])])


@pytest.mark.looks
@FORMS
def test_every_page_is_for_everyone(page: Page, width: int, others: list[int]) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_up(page)
    faults = findings_on(page)
    fill_with_demo(page)

    assert faults + faults_of(page, PAGES, width, others) == []


@pytest.mark.looks
@pytest.mark.refused
@FORMS
def test_so_are_the_way_in_and_the_administration(page: Page, width: int, others: list[int]) -> None:
    faults = faults_of(page, VISITOR_PAGES, width, others)
    sign_up(page)
    sign_out(page)
    sign_in(page, ADMIN)
    at_home(page).wait_for()

    assert faults + faults_of(page, ADMIN_PAGES, width, others) == []


def test_the_first_page_is_light(page: Page) -> None:
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    sign_up(page)
    fill_with_demo(page)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    sizes.clear()

    page.goto("/")
    page.get_by_role("heading", name="Net worth").wait_for()
    page.locator(".chart-line").wait_for()
    # The stream of events never ends, so the network is never idle.
    page.wait_for_timeout(1_000)

    wire = sum(size for url, size in sizes.items() if url.endswith((".js", ".css")))
    assert 0 < wire <= FIRST_LOAD_BYTES, sizes


def test_the_register_is_worked_by_keys_alone(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    page.goto("/transactions")
    grid = page.get_by_role("grid")
    grid.locator(".grid-payee").first.wait_for()
    total = int(grid.get_attribute("aria-rowcount") or "0") - 1
    assert total > 1000

    page.keyboard.press("j")
    expect(grid).to_have_attribute("aria-activedescendant", "row-1")
    page.keyboard.press("k")
    expect(grid).to_have_attribute("aria-activedescendant", "row-0")
    grid.focus()
    page.keyboard.press("End")
    expect(page.locator(f"#row-{total - 1}")).to_have_attribute("aria-rowindex", str(total + 1))
    expect(page.locator(f"#row-{total - 1} .grid-payee")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    expect(grid).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search payee")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_role("form", name="New transaction").get_by_label("Payee")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_only_the_rows_in_view_exist(page: Page) -> None:
    sign_up(page)
    fill_with_demo(page)
    page.goto("/transactions")
    page.locator(".grid-payee").first.wait_for()

    assert page.locator(".grid-row").count() < 60


def test_a_theme_is_chosen_and_kept(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    sign_up(page)
    page.goto("/settings")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)

    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(ground)
    page.reload()
    page.get_by_role("heading", name="Settings").wait_for()

    assert light != dark
    assert page.evaluate(ground) == dark


def test_what_a_statement_writes_is_shown_as_text(page: Page) -> None:
    sign_up(page)
    open_account(page, "Everyday account", "0")
    hostile = "<img src=x onerror=alert(1)>"
    page.goto("/imports")
    page.get_by_label("Into account").select_option(index=1)
    page.get_by_label("Statement file").set_input_files(
        {
            "name": "<b>odd.csv",
            "mimeType": "text/csv",
            "buffer": f"Date,Payee,Amount\n2026-11-20,{hostile},-1.00\n2026-11-21,Shop,-2.00\n".encode(),
        }
    )

    expect(page.get_by_role("heading", name="<b>odd.csv")).to_be_visible()
    expect(page.get_by_text(hostile)).to_be_visible()


def test_a_phone_reaches_every_place(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page)
    bar = at_home(page)
    expect(bar.get_by_role("link", name="Categories")).to_have_count(0)

    more = bar.get_by_role("button", name="More")
    more.focus()
    page.keyboard.press("Enter")
    expect(bar.get_by_role("link", name="Categories")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar.get_by_role("link", name="Categories")).to_have_count(0)
    expect(more).to_be_focused()
    more.click()
    bar.get_by_role("link", name="Goals").click()

    expect(page.get_by_role("heading", name="Goals", level=1)).to_be_visible()
    expect(bar.get_by_role("link", name="Categories")).to_have_count(0)
    expect(more).to_have_attribute("aria-current", "true")


def test_a_narrow_screen_edits_in_a_sheet(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page)
    open_account(page, "Everyday account", "0")
    upload_statement(page, "Everyday account")
    page.get_by_role("button", name="Accept import").click()
    page.get_by_role("link", name="View transactions").click()

    page.get_by_role("button", name="Stadtwerke").click()
    dialog = page.get_by_role("dialog", name="Edit transaction")
    dialog.get_by_label("Note").fill("meter read")
    dialog.get_by_role("button", name="Save").click()

    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Stadtwerke").click()
    expect(dialog.get_by_label("Note")).to_have_value("meter read")
