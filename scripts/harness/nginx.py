"""nginx with the file in deploy/, its ports and paths moved to where a test may use them."""

import contextlib
import pathlib
import subprocess

from harness import processes

FILE = pathlib.Path(__file__).resolve().parent.parent.parent / "deploy" / "nginx.conf"
PLAIN_PORT = 18080
TLS_PORT = 18443


@contextlib.contextmanager
def nginx(folder, upstream):
    """Runs it before a server that listens on the port `upstream` of this machine."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                    "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
                   check=True, capture_output=True)
    text = FILE.read_text()
    for old, new in {"user nginx;": "daemon off;", "node:8080": f"127.0.0.1:{upstream}",
                     "/etc/nginx/tls": str(folder), "/run/nginx.pid": f"{folder}/pid",
                     "[::]:80 ": "127.0.0.1:18081 ", "[::]:443 ": "127.0.0.1:18444 ",
                     "listen 80 ": f"listen 127.0.0.1:{PLAIN_PORT} ",
                     "listen 443 ": f"listen 127.0.0.1:{TLS_PORT} "}.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "nginx.conf"
    path.write_text(text)
    process = subprocess.Popen(["nginx", "-p", folder, "-c", path], stderr=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        processes.wait_until(lambda: (folder / "pid").exists(), 10, "nginx")
        yield
    finally:
        processes.end_group(process)
