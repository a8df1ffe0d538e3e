"""The moment each test begins at: in the last autumn of season 8, after its figures were read.

The clock goes on from there. Tests marked `real_clock` have the machine's own.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Helsinki"))
TODAY = NOW.date()
