"""A name means one thing in an app: no two modules share one, nor two classes."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

#: Each app with its folder; an app inside another's folder is no part of it.
ROOT = Path(__file__).parent.parent
APPS = {
    name: ROOT / name.replace(".", "/")
    for name in (
        "municipalities", "seasons", "events", "workshops", "analysis", "analysis.statistics",
        "billing", "uso.ground", "uso.roof",
    )
}  # fmt: skip
#: Modules that Django looks for by name; the rooms of `uso` have several of each.
NAMES_OF_DJANGO = {"__init__", "apps", "models", "tasks", "urls"}
#: Layers of an app; the rooms of `uso` are apps.
NAMES_OF_LAYERS = {"actions", "views"}
#: Each migration is a `Migration`, each command a `Command`.
WITHOUT = {"migrations", "commands"}


def modules(app: str) -> list[Path]:
    inner = [folder for folder in APPS.values() if folder.is_relative_to(APPS[app])]
    return [
        path
        for path in sorted(APPS[app].rglob("*.py"))
        if not WITHOUT & set(path.parts)
        and max((one for one in inner if path.is_relative_to(one)), key=lambda one: len(one.parts))
        == APPS[app]
    ]


def repeated(names: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, path in names:
        found.setdefault(name, []).append(str(path.relative_to(ROOT)))
    return {name: paths for name, paths in found.items() if len(paths) > 1}


@pytest.mark.parametrize("app", sorted(APPS))
def test_no_two_modules_of_an_app_share_a_name(app):
    shared = NAMES_OF_DJANGO | (NAMES_OF_LAYERS if app.startswith("uso.") else set())
    named = ((path.stem, path) for path in modules(app) if path.stem not in shared)

    assert repeated(named) == {}


@pytest.mark.parametrize("app", sorted(APPS))
def test_no_two_classes_of_an_app_share_a_name(app):
    classes = (
        (node.name, path)
        for path in modules(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and node.name != "Meta"
    )

    assert repeated(classes) == {}
