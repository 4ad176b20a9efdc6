"""Lets the tests of the scripts import them as the scripts import each other."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
