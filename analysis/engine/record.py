"""The base of everything an edition stores."""

from typing import dataclass_transform

from msgspec import Struct


@dataclass_transform(frozen_default=True)
class Record(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A part of an edition: never changed, and read from JSON with every field checked.

    The garbage collector leaves the parts alone (`gc=False`): they form a tree, so counting
    references frees them, and a content has thousands.
    """
