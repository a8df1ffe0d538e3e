"""Which numbers and years a season of the network can have, however it is made."""

from typing import Final

LAST_NUMBER: Final = 999
FIRST_YEAR, LAST_YEAR = 2011, 2099  # the network's first seasons; two digits of a year name a file
