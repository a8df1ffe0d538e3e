"""What the doctor says about one thing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what was found, and how to put it right if it is wrong."""

    what: str
    found: str
    remedy: str = ""

    @property
    def good(self) -> bool:
        return not self.remedy

    def __str__(self) -> str:
        mark = "ok  " if self.good else "MEND"
        return f"{mark}  {self.what}: {self.found}" + (f" {self.remedy}" if self.remedy else "")
