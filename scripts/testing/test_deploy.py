"""The files in deploy/, tried as far as a machine without a container engine can."""

import http.client
import http.server
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import threading

import pytest

from harness import nginx as nginx_server
from harness.client import PASSWORD, Client
from harness.postgres import TemporaryPostgres
from harness.server import Martlet, default_binary

DEPLOY = pathlib.Path(__file__).resolve().parent.parent.parent / "deploy"


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with the headers it was sent; `ready` decides the health."""

    ready = True

    def do_GET(self):
        body = str(self.headers).encode()
        self.send_response(200 if self.ready else 503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def upstream():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Echo.ready = True
    yield server.server_address[1]
    server.shutdown()


def test_the_health_check_tells_ready_from_not(upstream):
    def status():
        return subprocess.run([DEPLOY / "healthcheck.sh"],
                              env={**os.environ, "PORT": str(upstream)}).returncode

    assert status() == 0
    Echo.ready = False
    assert status() != 0


def test_the_database_role_is_no_superuser_and_owns_its_database():
    with TemporaryPostgres() as postgres:
        subprocess.run([DEPLOY / "postgres" / "10-martlet.sh"], check=True, capture_output=True,
                       env={**os.environ, "PGHOST": postgres.folder, "PGDATABASE": "postgres",
                            "POSTGRES_USER": "postgres", "POSTGRES_PASSWORD": "it's secret"})

        rights = postgres.psql("SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls "
                               "FROM pg_roles WHERE rolname = 'martlet'")
        owner = postgres.psql("SELECT pg_get_userbyid(datdba) FROM pg_database "
                              "WHERE datname = 'martlet'")
        assert rights.strip() == "f|f|f|f"
        assert owner.strip() == "martlet"


@pytest.fixture
def nginx(upstream, tmp_path):
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    with nginx_server.nginx(tmp_path, upstream):
        yield


def ask(path, headers=None):
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", nginx_server.TLS_PORT,
                                             context=trusting, timeout=10)
    connection.request("GET", path, headers=headers or {})
    reply = connection.getresponse()
    return reply.status, reply.read().decode()


def test_nginx_tells_the_server_who_asks_and_believes_no_peer(nginx):
    status, seen = ask("/", {"X-Forwarded-For": "10.9.8.7", "Forwarded": "for=10.9.8.7",
                             "X-Forwarded-Host": "evil.example"})

    assert status == 200
    assert "10.9.8.7" not in seen and "evil" not in seen
    assert "X-Forwarded-For: 127.0.0.1" in seen
    assert "X-Forwarded-Proto: https" in seen


@pytest.mark.parametrize("path", ["/metrics", "/health", "/health/ready"])
def test_nginx_keeps_operations_inside(nginx, path):
    assert ask(path)[0] == 404


def test_nginx_sends_pages_to_https_and_no_request_of_a_program(nginx):
    def status(path):
        connection = http.client.HTTPConnection("127.0.0.1", nginx_server.PLAIN_PORT,
                                                timeout=10)
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.getheader("Location")

    assert status("/accounts") == (301, "https://127.0.0.1/accounts")
    assert status("/api/v1/accounts") == (403, None)


def shake_hands(version, ciphers="ALL:@SECLEVEL=0"):
    """What a peer that can do nothing else gets to: (version, cipher)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    with (socket.create_connection(("127.0.0.1", nginx_server.TLS_PORT), 10) as plain,
          context.wrap_socket(plain, server_hostname="localhost") as secure):
        return secure.version(), secure.cipher()[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_nginx_speaks_only_tls_that_is_recommended(nginx):
    v = ssl.TLSVersion
    assert shake_hands(v.TLSv1_3)[0] == "TLSv1.3"
    assert shake_hands(v.TLSv1_2)[0] == "TLSv1.2"
    for old in (v.TLSv1, v.TLSv1_1):
        with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
            shake_hands(old)
    for weak in ("ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "ECDHE-ECDSA-AES128-CCM8"):
        with pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"):
            shake_hands(v.TLSv1_2, weak + ":@SECLEVEL=0")


def test_nginx_refuses_large_headers(nginx):
    assert ask("/", {"X-Large": "a" * 20_000})[0] in (400, 431, 494)


def test_the_unit_is_accepted_by_systemd(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    unit = tmp_path / "martlet.service"
    text = (DEPLOY / "martlet.service").read_text()
    unit.write_text(text.replace("/usr/local/bin/martlet", "/bin/true"))

    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def settings(text):
    """The NAME=value lines of a file of settings."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_whoever_runs_the_unit_or_the_containers_has_a_log_for_machines():
    unit = (DEPLOY / "martlet.service").read_text()
    compose = (DEPLOY / "compose.yaml").read_text()

    assert "\nEnvironment=LOG_FORMAT=json\n" in unit
    assert compose.count("LOG_FORMAT: json") == 2
    # What the operator writes comes after it, and counts.
    assert unit.index("LOG_FORMAT") < unit.index("EnvironmentFile=")


def test_the_hardened_settings_harden(tmp_path):
    try:
        binary = default_binary()
    except SystemExit:
        pytest.skip("martlet is not built")
    hardened = settings((DEPLOY / "hardened.env").read_text())
    # Nothing of a test goes out.
    assert hardened.pop("BREACHED_PASSWORDS") == "lookup"
    file = tmp_path / "settings"
    file.write_text("".join(f"{name}={value}\n" for name, value in hardened.items()))

    with Martlet(tmp_path / "data", binary=binary, LOG_LEVEL="info", MARTLET_CONFIG=str(file)) as server:
        person = Client(server.url).register()
        first = person.call("GET", "accounts")
        other = Client(server.url).call("POST", "auth/register", {
            "email": "other@example.org", "password": PASSWORD, "name": "Other"})
        health = Client(server.url).call("GET", "/health")

    assert (first.status, first.code) == (403, "auth.second_factor_required")
    assert (other.status, other.code) == (403, "auth.registration_closed")
    assert "max-age" in health.headers["Strict-Transport-Security"]
    assert '"route":"/api/v1/accounts"' in server.log_text()
