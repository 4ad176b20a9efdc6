"""The servers under measurement: each is filled, started, and names people to ask as."""

import contextlib
import datetime
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

from harness import processes
from harness.client import PASSWORD, Client
from harness.server import ROOT, Martlet

REFERENCE = ROOT.parent / "shared" / "bench" / "reference"
REFERENCE_TOOLS = ROOT / ".build-tools" / "reference"
# Nobody and nowhere, for a route that asks for neither.
ANYONE = [("none", "none")]


@contextlib.contextmanager
def scratch():
    folder = tempfile.mkdtemp(prefix="martlet-bench-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class MartletTarget:
    """Martlet on one engine, with one large household and any number of small ones."""

    def __init__(self, engine, folder, postgres=None, name="bench"):
        variables = {}
        if engine == "postgres":
            variables["DATABASE_URL"] = postgres.create_database(name)
        self.engine = engine
        self.name = f"Martlet, {'SQLite' if engine == 'sqlite' else 'PostgreSQL'}"
        self.server = Martlet(f"{folder}/{engine}-{name}", **variables)
        self.many = []

    def fill(self, transactions):
        """Fills the large household through `martlet demo`; returns rows a second."""
        pathlib.Path(self.server.folder).mkdir(parents=True, exist_ok=True)
        begun = time.monotonic()
        done = self.server.run("demo", "--transactions", str(transactions),
                               "--email", "bench@example.org", "--password", PASSWORD)
        if done.returncode:
            raise RuntimeError(f"martlet demo: {done.stdout}{done.stderr}")
        return transactions / (time.monotonic() - begun)

    def one(self):
        """The large household, signed in anew: (token, account)."""
        return [self._sign_in("bench@example.org")]

    def sixty_four(self, transactions):
        """64 households that share this many transactions, made when first asked for."""
        if not self.many:
            for number in range(64):
                client = Client(self.server.url, timeout=120).register(f"h{number}@example.org")
                client.expect(200, "POST", "demo", {"transactions": transactions // 64})
                self.many.append(client.email)
                client.close()
        return [self._sign_in(email) for email in self.many]

    def _sign_in(self, email):
        client = Client(self.server.url).login(email)
        account = next(row["id"] for row in client.accounts()
                       if row["kind"] == "checking" and row["currency"] == "EUR")
        client.close()
        return client.token, account

    def pages(self):
        """The addresses of the large household's first 2 000 pages, past what the server keeps."""
        client = Client(self.url, timeout=120).login("bench@example.org")
        addresses, cursor = [], None
        while len(addresses) < 2_000:
            more = f"&cursor={cursor}" if cursor else ""
            addresses.append(f"/api/v1/transactions?limit=50{more}")
            answer = client.expect(200, "GET", addresses[-1].removeprefix("/api/v1/"))
            cursor = answer.body["pagination"]["next_cursor"]
            if not cursor:
                break
        client.close()
        return addresses

    def body(self):
        today = datetime.date.today().isoformat()
        return ('{"type":"expense","account_id":"$ACCOUNT","amount":"$AMOUNT",'
                f'"payee":"Market hall","date":"{today}"}}')

    @property
    def url(self):
        return self.server.url


class ReferenceTarget:
    """The reference server on its own database, filled by SQL, for the same requests."""

    name = "Reference, PostgreSQL"
    # A five years' household: 8 accounts, 20 categories, ids and dates from the row's number.
    FILL = """
        INSERT INTO accounts (id, user_id, name, kind, currency, current_balance)
        SELECT gen_random_uuid(), u.id, 'Account ' || n, 'checking', 'EUR', 0
        FROM users u, generate_series(1, 8) n WHERE u.email = '{email}';
        INSERT INTO categories (id, user_id, name)
        SELECT gen_random_uuid(), u.id, 'Category ' || n
        FROM users u, generate_series(1, 20) n WHERE u.email = '{email}';
        INSERT INTO transactions (id, user_id, account_id, category_id, type, amount, currency,
                                  description, date, created_at)
        SELECT gen_random_uuid(), u.id, a.ids[1 + n % 8], c.ids[1 + n % 20],
               CASE WHEN n % 12 = 0 THEN 'income' ELSE 'expense' END, 1 + (n * 7919 % 20000) / 100.0,
               'EUR', 'Payee ' || n % 400, CURRENT_DATE - (n * 1826 / {rows})::int, now()
        FROM generate_series(1, {rows}) n,
             (SELECT id FROM users WHERE email = '{email}') u,
             LATERAL (SELECT array_agg(id) ids FROM accounts WHERE user_id = u.id) a,
             LATERAL (SELECT array_agg(id) ids FROM categories WHERE user_id = u.id) c;
    """

    def __init__(self, postgres):
        self.postgres = postgres
        database = postgres.create_database("reference")
        self.url = f"http://127.0.0.1:{free_port()}"
        environment = {
            **os.environ, "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_URL": database.replace("postgres://", "postgresql+asyncpg://", 1)}
        # Its two workers would make the tables at once, and one of them would fail.
        subprocess.run([f"{REFERENCE_TOOLS}/bin/python", "-c",
                        "import asyncio, app; asyncio.run(app.create_tables())"],
                       cwd=REFERENCE, env=environment, check=True)
        self.process = subprocess.Popen(
            [f"{REFERENCE_TOOLS}/bin/uvicorn", "app:app", "--port", self.url.rsplit(":", 1)[1],
             "--workers", "2", "--no-access-log", "--log-level", "warning"],
            cwd=REFERENCE, start_new_session=True, env=environment)
        processes.wait_until(self._answers, 30, "the reference server")
        self.emails = []

    def _answers(self):
        try:
            return Client(self.url).call("GET", "/openapi.json").status == 200
        except OSError:
            return False

    def fill(self, transactions):
        self._household("bench@example.org", transactions)

    def one(self):
        return [self._sign_in("bench@example.org")]

    def sixty_four(self, transactions):
        if not self.emails:
            self.emails = [f"h{number}@example.org" for number in range(64)]
            for email in self.emails:
                self._household(email, transactions // 64)
        return [self._sign_in(email) for email in self.emails]

    def _household(self, email, rows):
        Client(self.url).register(email).close()
        self.postgres.psql(self.FILL.format(email=email, rows=rows), "reference")
        self.postgres.psql("ANALYZE", "reference")

    def _sign_in(self, email):
        client = Client(self.url).login(email)
        account = self.postgres.psql(
            "SELECT a.id FROM accounts a JOIN users u ON u.id = a.user_id "
            f"WHERE u.email = '{email}' LIMIT 1", "reference").strip()
        return client.token, account

    def body(self):
        today = datetime.date.today().isoformat()
        return ('{"type":"expense","account_id":"$ACCOUNT","amount":"$AMOUNT",'
                f'"description":"Market hall","date":"{today}"}}')

    def stop(self):
        processes.end_group(self.process)


class BareTarget:
    """A Hummingbird route that does nothing: the ceiling."""

    def __init__(self, folder):
        self.log = f"{folder}/bare.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([f"{ROOT}/bench/bare/.build/release/Bare"],
                                            stdout=log, stderr=log)
        self.url = processes.wait_until(self._address, 10, "the bare route")

    def _address(self):
        found = re.search(r"http://\S+", pathlib.Path(self.log).read_text())
        return found and found.group(0)

    def stop(self):
        processes.end(self.process)


def reference_is_there():
    return REFERENCE.is_dir() and (REFERENCE_TOOLS / "bin" / "uvicorn").exists()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
