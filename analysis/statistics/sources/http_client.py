"""A client for open interfaces that names itself, limits its pace, backs off, and fails in one plain sentence."""

import http.client
import re
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics.sources.base import SourceError

#: THL and Statistics Finland refuse or slow down clients that do not name themselves.
USER_AGENT = "USO-verkosto/1.0 (situation analyses of Finnish municipalities)"
TIMEOUT_SECONDS = 60.0
#: Waits before the second, third, … try, in seconds.
BACKOFF = (1.0, 4.0, 15.0)
MAX_BYTES = 64 * 1024 * 1024
#: A server may ask for a longer wait; it is not waited for.
MAX_RETRY_AFTER_SECONDS = 120.0
_SECONDS = re.compile(r"[0-9]+")
#: Statuses after which the same request may succeed later.
TRANSIENT_STATUSES = frozenset({408, 429, 500, 502, 503, 504})


class RequestRefused(Exception):
    """The server refused the request itself: sending it again does not help."""

    def __init__(self, status: int, address: str) -> None:
        super().__init__(f"{status} {address}")
        self.status = status
        self.address = address


def pause(seconds: float) -> None:
    """Wait; replaced in tests, which wait for nothing."""
    time.sleep(seconds)


@dataclass
class Pace:
    """At most `calls` in any `seconds`: Statistics Finland allows 40 in 60."""

    calls: int = 40
    seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _past: deque[float] = field(default_factory=deque)

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Sleep until one more call fits in the window, and count it."""
        if len(self._past) >= self.calls:
            sleep(max(0.0, self._past.popleft() + self.seconds - self.clock()))
        self._past.append(self.clock())


@dataclass
class Client:
    """Asks one server.

    Parameters
    ----------
    timeout : float
        Seconds without an answer after which a try counts as failed.
    backoff : tuple of float
        Seconds to wait before each further try; their number is the number of further tries.
    pace : Pace
        How often the server may be asked.
    passing : frozenset of int
        Statuses after which the same request may succeed later.
    """

    timeout: float = TIMEOUT_SECONDS
    backoff: tuple[float, ...] = BACKOFF
    pace: Pace = field(default_factory=Pace)
    transient_statuses: frozenset[int] = TRANSIENT_STATUSES

    def get(self, address: str) -> bytes:
        """Return the body at an address; see `send`."""
        return self.send(address, None)

    def send(self, address: str, body: bytes | None) -> bytes:
        """Return the body of the response, trying again after transient failures.

        Raises
        ------
        Refused
            When the server refuses the request itself (400, 404, mostly 403).
        SourceError
            When it does not respond, or not with a whole body, in all tries.
        """
        for wait in (*self.backoff, None):
            self.pace.wait(pause)
            try:
                return self._send_once(address, body)
            except _TransientFailure as error:
                if wait is None:
                    raise SourceError(error.sentence) from error
                pause(max(wait, error.retry_after))
        raise AssertionError("the last try returns or raises")  # pragma: no cover -- unreachable

    def _send_once(self, address: str, body: bytes | None) -> bytes:
        request = urllib.request.Request(_check_address(address), data=body, headers=_headers(body))  # noqa: S310 -- http(s) only, checked
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 -- as above
                return _read_body(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise self._error_of_status(error, address) from None
        except TimeoutError as error:
            raise _TransientFailure(_slow()) from error
        except urllib.error.URLError as error:
            raise _TransientFailure(_slow() if _is_timeout(error) else _unreachable()) from error
        except (http.client.HTTPException, ConnectionError) as error:
            raise _TransientFailure(_broken_off()) from error

    def _error_of_status(self, error: urllib.error.HTTPError, address: str) -> Exception:
        if error.code not in self.transient_statuses:
            return RequestRefused(error.code, address)
        return _TransientFailure(
            _busy(error.code), retry_after_seconds(error.headers.get("Retry-After", ""))
        )


class _TransientFailure(Exception):
    """A failure that may pass; `sentence` is raised if it does not."""

    def __init__(self, sentence: str, retry_after: float = 0.0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.retry_after = retry_after


def _check_address(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        raise SourceError(_("The address of a source begins with https://."))
    return address


def _headers(body: bytes | None) -> dict[str, str]:
    kind = {} if body is None else {"Content-Type": "application/json"}
    return {"User-Agent": USER_AGENT, "Accept": "application/json", **kind}


def _read_body(answer: http.client.HTTPResponse) -> bytes:
    """Return the whole body, JSON or gzip; one that ends in the middle may come whole the next time."""
    body = answer.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise SourceError(
            _("The answer of the source is far too large. The figures read before stay in use.")
        )
    whole = body.startswith(b"\x1f\x8b") or body.rstrip().endswith((b"}", b"]"))
    if answer.length or not whole:
        raise _TransientFailure(_broken_off())
    return body


def retry_after_seconds(after: str, now: datetime | None = None) -> float:
    """Read `Retry-After`, seconds or a moment, as a wait of two minutes at most.

    What is neither asks for nothing.
    """
    if _SECONDS.fullmatch(after.strip()):
        return min(float(after), MAX_RETRY_AFTER_SECONDS)
    try:
        moment = parsedate_to_datetime(after)
    except (ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:  # "-0000": a moment of no known place is UTC
        moment = moment.replace(tzinfo=UTC)
    return min(
        max(0.0, (moment - (now or timezone.now())).total_seconds()), MAX_RETRY_AFTER_SECONDS
    )


def _busy(status: int) -> str:
    if status == 403:
        return _(
            "The source refuses to answer (error 403), in several tries: it may have shut this service out for a while. The figures read before stay in use; try again in an hour."
        )
    if status == 429:
        return _(
            "The source asks for fewer questions and did not answer in several tries. The figures read before stay in use; try again in an hour."
        )
    return _(
        "The source has a fault (error %(status)s) and did not answer in several tries. The figures read before stay in use; try again later."
    ) % {"status": status}


def _is_timeout(error: urllib.error.URLError) -> bool:
    return isinstance(error.reason, TimeoutError)


def _broken_off() -> str:
    return _(
        "The answer of the source broke off in the middle, in several tries. The figures read before stay in use; try again later."
    )


def _slow() -> str:
    return _(
        "The source did not answer in time, in several tries. The figures read before stay in use; try again later."
    )


def _unreachable() -> str:
    return _(
        "The source cannot be reached: check the network. The figures read before stay in use."
    )
