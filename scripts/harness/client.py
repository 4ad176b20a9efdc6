"""The HTTP contract in a few words: one connection, one person, JSON in and out."""

import http.client
import json
import secrets
import urllib.parse
import uuid

PASSWORD = "a long and private phrase 7"


class Answer:
    """Status, headers and the decoded body of one reply."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def data(self):
        return self.body["data"]

    @property
    def code(self):
        """The dotted code of a failure, or None."""
        return ((self.body or {}).get("error") or {}).get("code")

    def __repr__(self):
        return f"{self.status} {json.dumps(self.body)[:400]}"


class Refused(Exception):
    """A reply that the caller did not expect."""


class Client:
    """Keeps one connection; reconnects for the next call after a failure."""

    def __init__(self, url, token=None, timeout=30):
        self.url = url
        self.token = token
        self.timeout = timeout
        self.connection = None

    def twin(self):
        """The same person on a connection of its own, for another thread."""
        return Client(self.url, self.token, self.timeout)

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def call(self, method, path, body=None, headers=None, raw=None):
        """One request. Network failures raise OSError or HTTPException: the effect is unknown."""
        if not self.connection:
            address = urllib.parse.urlsplit(self.url)
            self.connection = http.client.HTTPConnection(
                address.hostname, address.port, timeout=self.timeout)
        sent = {"Accept": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        payload = raw
        if body is not None:
            payload = json.dumps(body)
            sent["Content-Type"] = "application/json"
        try:
            self.connection.request(method, self._path(path), payload, sent)
            reply = self.connection.getresponse()
            content = reply.read()
        except BaseException:
            self.close()
            raise
        if reply.will_close:
            self.close()
        return Answer(reply.status, reply.headers, self._decode(reply, content))

    @staticmethod
    def _path(path):
        return path if path.startswith("/") else f"/api/v1/{path}"

    @staticmethod
    def _decode(reply, content):
        if content and "json" in (reply.headers.get("Content-Type") or ""):
            return json.loads(content)
        return content or None

    def expect(self, status, method, path, body=None, headers=None, raw=None):
        """Like `call`, but any other status raises."""
        answer = self.call(method, path, body, headers, raw)
        if answer.status not in (status if isinstance(status, tuple) else (status,)):
            raise Refused(f"{method} {path}: {answer}")
        return answer

    # What the scripts do, in the words of the contract.

    def register(self, email=None, currency="EUR"):
        self.email = email or f"{secrets.token_hex(8)}@example.org"
        session = self.expect(201, "POST", "auth/register", {
            "email": self.email, "password": PASSWORD, "name": "Chaos", "currency": currency,
        }).data
        self.token = session["access_token"]
        return self

    def login(self, email=None, password=PASSWORD):
        session = self.expect(200, "POST", "auth/login", {
            "email": email or self.email, "password": password}).data
        self.token = session["access_token"]
        return self

    def account(self, name, opening="0.00", kind="checking", currency="EUR"):
        """Creates an account and returns its id."""
        return self.expect(201, "POST", "accounts", {
            "name": name, "kind": kind, "currency": currency,
            "opening_balance": opening, "opening_date": "2026-01-01",
        }).data["id"]

    def accounts(self):
        return self.expect(200, "GET", "accounts").data

    def transfer(self, source, target, amount, key=None, date="2026-06-15"):
        return self.call("POST", "transactions", {
            "type": "transfer", "account_id": source, "to_account_id": target,
            "amount": amount, "date": date,
        }, {"Idempotency-Key": key} if key else None)

    def spend(self, account, amount, payee, key=None, date="2026-06-15"):
        return self.call("POST", "transactions", {
            "type": "expense", "account_id": account, "amount": amount,
            "payee": payee, "date": date,
        }, {"Idempotency-Key": key} if key else None)

    def transactions(self, **filters):
        """Every transaction that matches, by the cursor."""
        cursor = None
        while True:
            query = {"limit": 500, **filters, **({"cursor": cursor} if cursor else {})}
            page = self.expect(200, "GET", "transactions?" + urllib.parse.urlencode(query)).body
            yield from page["data"]
            cursor = page["pagination"]["next_cursor"]
            if not cursor:
                return

    def upload(self, account, name, content):
        """POST imports with one file; returns the batch."""
        boundary = uuid.uuid4().hex
        head = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n").encode()
        return self.expect(201, "POST", f"imports?account_id={account}", raw=head + content
                           + f"\r\n--{boundary}--\r\n".encode(), headers={
            "Content-Type": f"multipart/form-data; boundary={boundary}"}).data
