"""Ask this container's web server whether it is well, by the name it answers to."""

import http.client
import os
import sys

port = int(sys.argv[1]) if sys.argv[1:] else 8000
host = os.environ["USO_ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
connection.request("GET", "/healthz", headers={"Host": host})
sys.exit(0 if connection.getresponse().status == http.client.OK else 1)
