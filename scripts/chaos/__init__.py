"""Disasters on demand: each script breaks one thing and checks that a promise held."""
