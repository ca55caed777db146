"""Submits a talk to a call for speakers, and waits for its outcome: python3 poll.py https://cfs.example.org"""

import json
import random
import sys
import time
import uuid
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

server = sys.argv[1].rstrip("/")
talk = (Path(__file__).parent / "../talk.json").read_bytes()


def ask(request):
    """Retries temporary failures, no sooner than Retry-After says."""
    failures = 0
    while True:
        headers = {}
        try:
            with urlopen(request, timeout=30) as response:
                return response.status, response.headers, json.load(response)
        except HTTPError as error:
            if error.code != 429 and error.code < 500:
                sys.exit(error.read().decode())
            headers = error.headers
        except (OSError, HTTPException):
            pass
        time.sleep(max(int(headers.get("Retry-After", 0)), random.random() * min(60, 2**failures)))
        failures += 1


# Repeated with the same key, the request makes one submission only.
headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
code, headers, answer = ask(Request(server + "/api/submissions", talk, headers))
location = headers["Location"]
print(location, file=sys.stderr)

while code == 202:
    time.sleep(int(headers["Retry-After"]))
    code, headers, answer = ask(Request(location))

if answer["status"] == "Succeeded":
    print(answer["result"]["outcome"])
elif answer["status"] == "Failed":
    print("failed:", answer["error"]["message"])
else:
    print("withdrawn")
