"""Ask this container's web server whether it is well, by the name it answers to."""

import http.client
import os
import sys

host = os.environ["USO_ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
connection.request("GET", "/healthz", headers={"Host": host})
sys.exit(0 if connection.getresponse().status == http.client.OK else 1)
