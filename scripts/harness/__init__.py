"""Servers and clients that the tests, the chaos runs and the benchmark share. Python 3.11 stdlib."""
