"""`make check`: no function that nobody calls, no template that nobody renders.

What only tests use is unused too. A name is used wherever it stands as one: in code, in a
template's tags, or at the end of a dotted string ("municipalities.signin.AccountAdapter").
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import allauth
import django
from vulture import Vulture

from uso.roof.demo.places import ROOT

CODE = (
    "uso", "municipalities", "seasons", "events", "workshops", "analysis", "billing",
    "manage.py", "gunicorn.conf.py", "docker",
)  # fmt: skip
KINDS = {"function", "method", "property", "class"}  # attributes are read by Django too
# What Django, allauth, ast and gunicorn look for by name.
ENTRY_POINTS = [
    "Meta", "*Config", "Command", "add_arguments", "handle", "ready", "clean_*", "prepare_value", "process_view",
    "handle_no_permission",
    "create_superuser", "is_open_for_signup", "value_to_string", "visit_*",
    "_get_login_attempts_cache_key", "post_worker_init",
]  # fmt: skip
REGISTERED = ["@benchmark*", "@receiver*"]  # run by `make bench`, and by signals
WAITING = {"analysis/engine/criteria.py"}  # until its figures are published
# Rendered by Django and allauth, which bring no template of these names.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
# For the gallery to show what pages draw by `{% icon %}` and by jobs/bar.html.
FOR_THE_GALLERY = {"components/icon.html", "components/job.html"}

TAG = re.compile(r"{{(.*?)}}|{%(.*?)%}|\s:[\w-]+=\"(.*?)\"", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
TEMPLATE = re.compile(r"[\"']([\w./-]+\.(?:html|txt))[\"']")
COMPONENTS = "components/"
COMPONENT = re.compile(r"<c-([\w.-]+)")
DOTTED = re.compile(r"\w+(?:[.:]\w+)+")


def main() -> int:
    """Print what is unused; return the exit code."""
    found = list(unused(ROOT))
    print("\n".join(found))
    return 1 if found else 0


def unused(root: Path) -> Iterator[str]:
    """Name what is unused in a clone."""
    code = [root / name for name in CODE if (root / name).exists()]
    strings = Strings()
    for folder in code:
        for path in folder.rglob("*.py"):
            strings.visit(ast.parse(path.read_text()))
    templates = {
        str(path.relative_to(root / "templates")): path.read_text()
        for path in sorted((root / "templates").rglob("*.*"))
    }
    for kind, path, line, name in unused_code(code, used_names(strings, templates)):
        place = str(path.relative_to(root))
        if place not in WAITING and "/migrations/" not in place:
            yield f"{place}:{line}: nothing uses the {kind} {name}"
    for name in unused_templates(strings, templates):
        yield f"templates/{name}: nothing renders it"


class Strings(ast.NodeVisitor):
    """What code says in quotes: whole strings, patterns of those put together, names of tasks."""

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self.patterns: list[re.Pattern[str]] = []
        self.tasks: dict[str, str] = {}

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.whole.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = (
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"([\w.-]+)"
            for part in node.values
        )
        self.patterns.append(re.compile("".join(parts)))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Pass over decorators: the name they give a task is no use of it."""
        for decorator in node.decorator_list:
            for option in getattr(decorator, "keywords", ()):
                if option.arg == "name":
                    self.tasks[ast.unparse(option.value).strip("'")] = node.name
        node.decorator_list = []
        self.generic_visit(node)


def used_names(strings: Strings, templates: Mapping[str, str]) -> set[str]:
    """Return the names that strings and templates use."""
    names = {re.split("[.:]", text)[-1] for text in strings.whole if DOTTED.fullmatch(text)}
    names |= {function for task, function in strings.tasks.items() if task in strings.whole}
    for text in templates.values():
        for groups in TAG.findall(text):
            names |= set(re.findall(r"\w+", QUOTED.sub("", " ".join(groups))))
    return names


def unused_code(code: list[Path], used: set[str]) -> Iterator[tuple[str, Path, int, str]]:
    """Find functions, methods, properties and classes: kind, file, line and name of each."""
    vulture = Vulture(ignore_names=ENTRY_POINTS, ignore_decorators=REGISTERED)
    vulture.scavenge(code)
    vulture.used_names |= used
    for item in vulture.get_unused_code():
        if item.typ in KINDS:
            yield item.typ, item.filename, item.first_lineno, item.name


def unused_templates(strings: Strings, templates: Mapping[str, str]) -> Iterator[str]:
    """Find templates that no code, template or library renders; the gallery's own use is none."""
    used = BY_NAME | FOR_THE_GALLERY | strings.whole | names_of_libraries()
    for name, text in templates.items():
        if not name.startswith("gallery/"):
            used |= set(TEMPLATE.findall(text))
            used |= {COMPONENTS + t.replace("-", "_") + ".html" for t in COMPONENT.findall(text)}
    for name in templates:
        component = name.replace("gallery/", COMPONENTS)
        if not used & {name, component} and not is_put_together(name, strings):
            yield name


def names_of_libraries() -> set[str]:
    """Return the names of templates that Django and allauth bring, so that ours replace them."""
    return {
        str(path.relative_to(folder))
        for library in (django, allauth)
        for folder in Path(str(library.__file__)).parent.rglob("templates")
        for path in folder.rglob("*.*")
    }


def is_put_together(name: str, strings: Strings) -> bool:
    """Say whether code puts this name together from strings that it has."""
    matches = filter(None, (pattern.fullmatch(name) for pattern in strings.patterns))
    return any(set(match.groups()) <= strings.whole for match in matches)


if __name__ == "__main__":
    sys.exit(main())
