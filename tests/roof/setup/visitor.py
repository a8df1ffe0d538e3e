"""A browser without scripts: opens addresses, fills in forms, takes cookies."""

import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends as it stands."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Reads the forms of a page: hidden and typed fields, what is ticked and chosen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = [Form("")]  # the first takes what stands in no form
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes) -> None:
        given = {name: value or "" for name, value in attributes}
        fields = self.found[-1].fields
        match tag:
            case "form":
                self.found.append(Form(given.get("action", "").strip()))
            case "input" if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                fields[given.get("name", "")] = given.get("value", "")
            case "textarea":
                fields[given["name"]] = ""
            case "select":
                self.select = given["name"]
            case "option" if "selected" in given:
                fields[self.select] = given["value"]


class Visitor:
    """Somebody at a server, by way of a proxy that adds headers."""

    def __init__(self, server: str, headers: dict[str, str]) -> None:
        # The proxy speaks HTTPS: a browser gives back what is meant for HTTPS alone.
        self.cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http",)))
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        self.server, self.headers = server, headers
        self.address, self.body = "/", b""

    @property
    def page(self) -> str:
        return self.body.decode()

    def open(self, address: str) -> str:
        """Go to an address; return the page that came, after redirects."""
        self._ask(address, None)
        return self.page

    def submit(self, action: str = "", **fields: str) -> str:
        """Fill in the page's form that goes to an address, by default back to its own."""
        wanted = action or self.address
        form = next(
            form
            for form in Forms(self.page).found[1:]
            if urljoin(self.address, form.action) == wanted
        )
        self._ask(wanted, urlencode(form.fields | fields).encode())
        return self.page

    def fetch(self, address: str) -> bytes:
        self._ask(address, None)
        return self.body

    def _ask(self, address: str, data: bytes | None) -> None:
        headers = self.headers | {"Referer": f"https://{self.headers['Host']}{self.address}"}
        request = urllib.request.Request(self.server + address, data, headers)  # noqa: S310 -- http
        try:
            with self.opener.open(request, timeout=60) as answer:
                self.address, self.body = answer.url.removeprefix(self.server), answer.read()
        except HTTPError as error:
            raise AssertionError(f"{error.code} at {address}:\n{error.read().decode()}") from error
