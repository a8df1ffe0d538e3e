"""Who gets what: the house, its start pages and boards (see tests/access.py)."""

from tests.access import PUBLIC

#                     nobody coord expert contact leader billing jämsä
TABLE = {
    "healthz":            PUBLIC,
    "gallery":            PUBLIC,  # production has none
    "theme":              "POST -> -> -> -> -> -> ->",
    "set_language":       "POST -> -> -> -> -> -> ->",
    "home_network:start": "in  ->  ->  ->  ->  ->  -> ",
    "home_network:today": "in  200 200 403 403 403 403",
    "home:municipality":  "in  200 200 200 200 200 404",
}  # fmt: skip
