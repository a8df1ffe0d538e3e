# The targets people use; `make` alone lists them.
PYTHON_IN_VENV := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run dev test check fix messages bench reset

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

setup: ## make .venv and all else a clone needs; instant when it is there
	@sh bin/setup

run: setup ## start the service with its demonstration and print its address (PORT=… to choose)
	@exec $(PYTHON_IN_VENV) -m uso.roof.demo.supervisor

dev: setup ## the same, restarting by itself when code changes
	@exec $(PYTHON_IN_VENV) -m uso.roof.demo.supervisor --reload

test: ## the whole suite with browser journeys and coverage (ARGS="tests/events -k seats", CLOCK=+400d)
	@sh bin/setup --tests $(CLOCK:%=--clock)
	@exec $(PYTHON_IN_VENV) -m uso.roof.demo.testrun $(CLOCK:%=--clock=%) $(ARGS)

check: setup ## format, lint, types, imports, dependencies, unused code, templates, migrations, translations, deployment
	@exec $(PYTHON_IN_VENV) -m uso.roof.demo.checks

fix: setup ## format and mend what can be mended by itself
	@$(PYTHON_IN_VENV) -m ruff format .
	@$(PYTHON_IN_VENV) -m ruff check --fix .
	@.venv/bin/djlint templates --reformat --quiet

messages: setup ## gather the texts of code and templates into locale/
	@exec $(PYTHON_IN_VENV) manage.py messages

bench: setup ## the benchmarks, each against a floor taken in the same run (ARGS="name --json")
	@exec $(PYTHON_IN_VENV) manage.py bench $(ARGS)

reset: setup ## stop, and throw away the demonstration's data (var/)
	@exec $(PYTHON_IN_VENV) -m uso.roof.demo.reset $(ARGS)
