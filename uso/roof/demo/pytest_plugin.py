"""Loaded by `-p` before Django's settings: tests run against the embedded servers."""

import os

from uso.roof.demo import servers

os.environ["USO_ENV"] = "test"
servers.ensure()
