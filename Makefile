# Each target is a script in scripts/ or bench/; what a target needs, its script installs.
.DEFAULT_GOAL := help
.PHONY: help setup build run test check bench chaos fuzz coverage format lint tidy openapi clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building, testing and measuring need
	@scripts/setup.sh

build: ## release build of the server and the web app
	@scripts/build.sh

run: ## build what changed and serve http://localhost:8080
	@scripts/run.sh

test: ## every test, on SQLite and PostgreSQL (ONLY=swift,scripts,web,browser,api,attacks for a part)
	@scripts/test.sh

check: ## what CI does: lint, tidy, test
	@scripts/check.sh

bench: ## measure, and write bench/results/latest.md
	@bench/run.sh

chaos: ## kills, power cuts, full disks and races (ROUNDS=5, ONLY=killloop,…)
	@scripts/chaos.sh

fuzz: ## fuzz the readers of foreign files (SECONDS_EACH=60)
	@scripts/fuzz/run.sh

coverage: ## lines that the tests of the features run through; 90 % of identity, households, audit
	@scripts/coverage.sh

format: ## rewrite the sources in the house format
	@scripts/format.sh

lint: ## check format, types and rules; change nothing
	@scripts/lint.sh

tidy: ## sizes of files and functions, shell scripts, forbidden words
	@scripts/tidy.sh

openapi: ## write openapi.json and the web app's types from the served routes
	@scripts/openapi.sh

clean: ## remove what was built (not the data)
	@scripts/clean.sh
