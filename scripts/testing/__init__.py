"""What `make test` and `make tidy` run. Python 3.11 stdlib, but for the test runners themselves."""
