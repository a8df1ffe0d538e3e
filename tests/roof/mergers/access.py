"""Who gets what: mergers of municipalities (see tests/access.py)."""

#                           nobody coord expert contact leader billing jämsä
TABLE = {
    "mergers_network:list":  "in  200 403 403 403 403 403",
    "mergers_network:merge": "in  422 403 403 403 403 403",  # nothing was chosen
}  # fmt: skip
