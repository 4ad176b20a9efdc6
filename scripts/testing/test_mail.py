"""Letters as a real mail server gets them: encrypted, authenticated, refused, late."""

import email
import email.policy
import re
import sqlite3
import ssl
import subprocess
import time

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, SMTP

from harness import processes
from harness.client import Client
from harness.server import DATABASE_FILE, Martlet, default_binary

USER, PASSWORD = "martlet", "p@ss/word:1"
ESCAPED = "p%40ss%2Fword%3A1"
FROM = "Martlet <martlet@example.org>"


class Mailbox:
    """What a mail server does with letters, and those that it took."""

    def __init__(self):
        self.letters = []
        self.recipients = []
        self.encrypted = []
        self.answers = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answers.get("RCPT")
        if answer:
            return answer
        self.recipients.append(address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.get("DATA")
        if answer:
            return answer
        self.encrypted.append(session.ssl is not None)
        self.letters.append(email.message_from_bytes(envelope.content,
                                                     policy=email.policy.default))
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class Server(Controller):
    """A mail server on a port of its own; `implicit` speaks TLS from the first byte."""

    def __init__(self, mailbox, context=None, implicit=False, port=None, **options):
        self.options = dict(options)
        if context and not implicit:
            self.options.update(tls_context=context, require_starttls=True)
        super().__init__(mailbox, hostname="127.0.0.1", port=port or processes.free_port(),
                         ssl_context=context if implicit else None)

    def factory(self):
        return SMTP(self.handler, **self.options)


@pytest.fixture(scope="session")
def binary():
    try:
        return default_binary()
    except SystemExit:
        pytest.skip("martlet is not built")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A key and a certificate for 127.0.0.1 that vouches for itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, chain = folder / "key.pem", folder / "own.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", chain],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context, chain


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def start(binary, tmp_path):
    """Starts servers whose letters go to an address, and stops them after."""
    running = []

    def start(url=None, **variables):
        if url:
            variables.update(MAIL_URL=url, MAIL_FROM=FROM)
        server = Martlet(tmp_path / "data", binary=binary, LOG_LEVEL="info", **variables)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


def register(server, name="Ann"):
    client = Client(server.url)
    answer = client.call("POST", "/api/v1/auth/register", {
        "email": f"{name.lower()}@example.org", "password": "a long and private phrase 7",
        "name": name, "locale": "en"})
    assert answer.status == 201, answer
    client.token = answer.data["access_token"]
    return client


def wait_for(what, ready, seconds=10):
    return processes.wait_until(ready, seconds, what)


def link(letter):
    text = letter.get_body(("plain",)).get_content()
    return re.search(r"(http\S+#token=(\S+))", text)


def rows(server):
    with sqlite3.connect(f"file:{server.folder / DATABASE_FILE}?mode=ro", uri=True) as database:
        return database.execute("SELECT attempts, state = 'done', state = 'dead', payload, last_error "
                                "FROM job WHERE kind = 'mail' ORDER BY id").fetchall()


def test_a_letter_arrives_encrypted_by_starttls_and_its_link_works(start, mailbox, certificate):
    context, chain = certificate
    with_auth = {"authenticator": authenticate, "auth_required": True}
    with_server = Server(mailbox, context, **with_auth)
    with_server.start()
    try:
        server = start(f"smtp://{USER}:{ESCAPED}@127.0.0.1:{with_server.port}?tls=on&ca={chain}",
                       PUBLIC_URL="http://money.example.org")
        client = register(server)
        wait_for("a letter", lambda: mailbox.letters)
    finally:
        with_server.stop()

    letter = mailbox.letters[0]
    assert mailbox.encrypted == [True] and mailbox.recipients == ["ann@example.org"]
    assert letter["subject"] == "Confirm your e-mail address"
    assert letter["from"] == FROM and letter["auto-submitted"] == "auto-generated"
    assert not letter.defects
    address, token = link(letter).groups()
    assert address.startswith("http://money.example.org/verify#token=")
    html = letter.get_body(("html",)).get_content()
    assert token in html and "<script" not in html
    answer = Client(server.url).call("POST", "/api/v1/auth/verify-email", {"token": token})
    assert answer.status == 204, answer
    assert client.call("GET", "/api/v1/auth/me").data["user"]["email_verified"] is True
    log = server.log_text()
    assert "a letter was sent" in log
    for secret in (token, PASSWORD, ESCAPED, "ann@example.org"):
        assert secret not in log


def test_a_letter_arrives_by_tls_from_the_first_byte(start, mailbox, certificate):
    context, chain = certificate
    mail = Server(mailbox, context, implicit=True)
    mail.start()
    try:
        register(start(f"smtps://127.0.0.1:{mail.port}?ca={chain}"))
        wait_for("a letter", lambda: mailbox.letters)
    finally:
        mail.stop()
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("case", ["no STARTTLS", "nobody vouches", "wrong password"])
def test_nothing_leaves_where_the_way_is_not_safe(start, mailbox, certificate, case):
    context, chain = certificate
    url, options, words = "smtp://127.0.0.1:{port}?tls=on", {"context": context}, ""
    if case == "no STARTTLS":
        options = {}
        url += f"&ca={chain}"
        words = "SSL"
    elif case == "wrong password":
        url = f"smtp://{USER}:hunter2@127.0.0.1:{{port}}?tls=on&ca={chain}"
        options.update(authenticator=authenticate, auth_required=True)
        words = "did not take name and password"
    mail = Server(mailbox, **options)
    mail.start()
    try:
        server = start(url.format(port=mail.port))
        register(server)
        wait_for("a try", lambda: "tried again" in server.log_text(), 30)
    finally:
        mail.stop()
    assert not mailbox.letters and not mailbox.recipients
    assert words in server.log_text() and "hunter2" not in server.log_text()
    (attempts, sent, failed, payload, _), = rows(server)
    assert attempts == 1 and not sent and not failed and payload


def test_a_refusal_for_good_is_believed(start, mailbox):
    mailbox.answers["RCPT"] = "550 5.1.1 nobody here, not even token=secret"
    mail = Server(mailbox)
    mail.start()
    try:
        server = start(f"smtp://127.0.0.1:{mail.port}")
        register(server)
        wait_for("giving up", lambda: "given up" in server.log_text())
    finally:
        mail.stop()
    (attempts, sent, failed, payload, error), = rows(server)
    assert attempts == 1 and not sent and failed
    assert payload, "an administrator may have it tried again"
    assert error == "the server said 550"
    # What the server says may repeat the letter.
    assert "nobody here" not in server.log_text()


def test_a_server_that_is_away_or_busy_delays_mail_and_no_request(start, mailbox):
    port = processes.free_port()
    server = start(f"smtp://127.0.0.1:{port}")
    begun = time.monotonic()
    register(server)
    assert time.monotonic() - begun < 5
    wait_for("a try", lambda: "tried again in 60 s" in server.log_text())
    server.stop()
    mailbox.answers["DATA"] = "451 4.3.0 later, please"
    mail = Server(mailbox, port=port)
    mail.start()
    try:
        make_due(server)
        server.start()
        wait_for("a second try", lambda: "the server said 451" in server.log_text())
        server.stop()
        mailbox.answers.clear()
        make_due(server)
        server.start()
        wait_for("a letter", lambda: mailbox.letters)
        wait_for("the note of it", lambda: rows(server)[0][1])
    finally:
        mail.stop()
    assert len(mailbox.letters) == 1
    (attempts, _, failed, payload, _), = rows(server)
    assert attempts == 3 and not failed and payload is None


def make_due(server):
    """Lets the pause after a failed try be over."""
    database = sqlite3.connect(server.folder / DATABASE_FILE)
    with database:
        database.execute("UPDATE job SET due_at = 0 WHERE state = 'waiting'")
    database.close()


def test_many_letters_arrive_once_each(start, mailbox):
    mail = Server(mailbox)
    mail.start()
    try:
        server = start(f"smtp://127.0.0.1:{mail.port}")
        for number in range(24):
            register(server, f"Ann{number}")
        wait_for("all letters", lambda: len(mailbox.letters) >= 24, 30)
        wait_for("the notes", lambda: all(row[1] for row in rows(server)))
    finally:
        mail.stop()
    names = [letter["message-id"] for letter in mailbox.letters]
    assert len(names) == len(set(names)) == len(set(mailbox.recipients)) == 24


def test_without_a_mail_server_letters_lie_in_a_folder_and_the_log_says_so(start):
    server = start()
    register(server)
    folder = server.folder / "mail"
    wait_for("a letter", lambda: list(folder.glob("*.eml")))
    assert "no mail server is set up (MAIL_URL)" in server.log_text()
    letter = email.message_from_bytes(next(folder.glob("*.eml")).read_bytes(),
                                      policy=email.policy.default)
    assert letter["to"] == "ann@example.org" and link(letter)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_leads_where_the_operator_said_whatever_a_request_says(start):
    """Security bar X25."""
    server = start(PUBLIC_URL="http://money.example.org")
    register(server)
    answer = Client(server.url).call(
        "POST", "/api/v1/auth/request-password-reset", {"email": "ann@example.org"},
        headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert answer.status == 202, answer
    wait_for("two letters", lambda: len(list((server.folder / "mail").glob("*.eml"))) == 2)
    for path in (server.folder / "mail").glob("*.eml"):
        text = path.read_text()
        assert "evil" not in text
        assert link(email.message_from_string(text, policy=email.policy.default))[1].startswith(
            "http://money.example.org/")
