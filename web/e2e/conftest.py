import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from browser import BASE_URL, CHROMIUM, register_admin, watch


# A machine that also builds, and passwords that are hashed with care, take their time.
expect.set_options(timeout=15_000)

REFUSAL = re.compile(r"responded with a status of [45]\d\d")
ABSENCE = re.compile(r"net::ERR_INTERNET_DISCONNECTED")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "refused: the test means to be refused by the server")
    config.addinivalue_line("markers", "looks: how pages look, which is the same on each engine")
    config.addinivalue_line("markers", "unreachable: the test means to be without a network")
    configure_pictures(config)


def configure_pictures(config: pytest.Config) -> None:
    """With MARTLET_ARTIFACTS set, a failure leaves a picture of the page there."""
    folder = os.environ.get("MARTLET_ARTIFACTS")
    if folder:
        config.option.output = folder
        config.option.screenshot = "only-on-failure"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": CHROMIUM, "args": sandbox}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    return {
        "base_url": BASE_URL,
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "timezone_id": "Europe/Berlin",
    }


@pytest.fixture(scope="session", autouse=True)
def administrator(playwright: Playwright) -> None:
    request = playwright.request.new_context(base_url=BASE_URL)
    register_admin(request)
    request.dispose()


@pytest.fixture(autouse=True)
def no_faults(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    """No test passes with an error in the console, which is where the browser reports a breach
    of the content security policy too. A test that means to be refused says so by a mark."""
    faults = watch(page)
    yield
    if request.node.get_closest_marker("refused"):
        faults = [fault for fault in faults if not REFUSAL.search(fault)]
    if request.node.get_closest_marker("unreachable"):
        faults = [fault for fault in faults if not ABSENCE.search(fault)]
    assert faults == []


@pytest.fixture
def other(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """A second browser, for another person or another device of the same."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()
