"""One server for all attacks, its rate limits off: what is tried is what lies below them."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from harness.server import Martlet


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with Martlet(tmp_path_factory.mktemp("attacks") / "data") as server:
        yield server
