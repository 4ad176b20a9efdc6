import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from browser import BASE_URL, CHROMIUM, register_admin, watch


def pytest_configure(config: pytest.Config) -> None:
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
def no_faults(page: Page) -> Iterator[None]:
    """No test passes with an error in the console, which is where the browser reports a breach
    of the content security policy too."""
    faults = watch(page)
    yield
    assert faults == []
