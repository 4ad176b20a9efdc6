"""What the browser tests and the pictures share: a Chromium that finds fault, and first steps."""

import base64
import hashlib
import hmac
import os
import re
import secrets
import struct
import time
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright

# Passkeys belong to a name; under a bare number the browser offers none.
BASE_URL = os.environ.get("MARTLET_URL", "http://localhost:8080").rstrip("/").replace("127.0.0.1", "localhost")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Where the server puts letters while no mail is configured.
LETTERS = Path(os.environ.get("MARTLET_LETTERS", "/nonexistent"))
ADMIN = "admin@example.org"
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


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def at_home(page: Page) -> Locator:
    """What only somebody who is signed in sees."""
    return page.get_by_role("navigation", name="Main")


def sign_out(page: Page) -> None:
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("heading", name="Sign in").wait_for()


def register_admin(request) -> None:
    """The first who signs up looks after the server, so the tests begin with that."""
    answer = request.post(
        "/api/v1/auth/register",
        data={"email": ADMIN, "password": PASSWORD, "name": "Grace Operator", "currency": "EUR"},
    )
    assert answer.status in (201, 409), answer.text()


def code_of(secret: str, step: int = 0) -> str:
    """RFC 6238, written anew so that the server is not checked against itself. A code works
    once: the next one is `step` 1."""
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + step), hashlib.sha1)
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def add_authenticator(page: Page, is_suggested: bool = False) -> None:
    """A device that keeps passkeys and says yes whenever it is asked. It also says yes to what
    the browser only suggests beside the email box, so that is left out unless a test means it."""
    if not is_suggested:
        page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def link_for(email: str, path: str, seconds: float = 10) -> str:
    """The newest link to `path` in a letter to this address, as far as its own site."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for file in sorted(LETTERS.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True):
            letter = message_from_bytes(file.read_bytes(), policy=policy.default)
            body = letter.get_body(("plain",))
            found = body and re.search(rf"{path}#token=[\w.~-]+", body.get_content())
            if found and email in str(letter["To"]):
                return found.group(0)
        time.sleep(0.1)
    raise AssertionError(f"no letter to {email} with a link to {path} in {LETTERS}")


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


def make_invitation(page: Page, role: str = "Editor", email: str = "") -> str:
    """The link, as far as its own site."""
    page.goto("/settings/household")
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email").fill(email)
    dialog.get_by_label("Role").select_option(role)
    dialog.get_by_role("button", name="Make the invitation").click()
    link = dialog.get_by_role("textbox", name="Link").input_value()
    dialog.get_by_role("button", name="Done").click()
    return link[link.index("/invitation") :]


def join(page: Page, link: str, name: str = "Charles") -> None:
    """Signs up by an invitation."""
    page.goto(link)
    page.get_by_role("link", name="Create an account and join").click()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(f"charles.{secrets.token_hex(6)}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    at_home(page).wait_for()
