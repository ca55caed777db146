"""What a client knows of its own submissions, and no description can say."""

import base64
import hashlib
import hmac
import itertools
import json
import os
import re
import time
import urllib.request
from urllib.parse import parse_qs, urlsplit

import schemathesis
from schemathesis.core.parameters import ParameterLocation

tokens = {}
addresses = []
invited = []
tags = {}
places = {}
turns = itertools.count()
rounds = itertools.count()
organiser_token = os.environ["ORGANISER_TOKEN"]
token_secret = os.environ["TOKEN_SECRET"].encode()
erasing = "DELETE /api/organiser/submissions/{id}"
reopening = "POST /api/organiser/submissions/{id}/reopening"
conflicting = "PUT /api/organiser/submissions/{id}/conflict"
renewing = "POST /api/submissions/{id}/tokens"
speakers = {
    "DELETE /api/submissions/{id}",
    "PUT /api/submissions/{id}/attendance",
    "GET /api/submissions/{id}/proposal",
    "PATCH /api/submissions/{id}/proposal",
    "PUT /api/submissions/{id}/reminders",
    "POST /api/submissions/{id}/handover",
    renewing,
}
cursors = {"cursor", "after", "since", "triggerState"}
beyond_schema = re.compile(
    r"must have (at most \d+ characters|at least \d+ visible characters?)"
    r"|is the address of .*|must have a domain that mail can be sent to.*"
    r'|must not have (invisible characters|"=\?".*)'
    r"|can't be edited any more"
)
conditions = {"If-Match", "If-Unmodified-Since", "If-None-Match"}
of_any_request = {405, 408, 417, 431}
no_token = "1.not-the-token-of-this-submission"


@schemathesis.hook
def after_call(context, case, response):
    if case.operation.label == "POST /api/submissions" and response.status_code == 202:
        body = response.json()
        tokens[body["id"]] = body["speakerToken"]
        addresses.append(case.body["speaker"]["email"])
        if case.body.get("coSpeakers"):
            invite(context, case, body["id"])
    if case.operation.label == renewing and response.status_code == 200:
        tokens[case.path_parameters["id"]] = response.json()["speakerToken"]
    if case.operation.label == erasing and response.status_code < 300:
        tokens.pop(case.path_parameters["id"], None)
    if "etag" in response.headers and "submissions/{id}" in case.operation.path:
        tags[case.path_parameters["id"]] = response.headers["etag"][0]
    place = place_in(response)
    if place:
        places[list_of(case)] = place


def invite(context, case, id):
    """Its co-speakers are invited once it is proved (contract H42)."""
    headers = {"Authorization": f"Bearer {mailed('proof', id, 0)}", "Content-Type": "application/json"}
    base = case.operation.base_url.rstrip("/")
    url = f"{base}/api/submissions/{id}/proof"
    with urllib.request.urlopen(urllib.request.Request(url, b'{"answer":"mine"}', headers)):
        invited.append(id)


def mailed(purpose, id, number):
    """The token for one purpose that a mail brings: there is no mail here."""
    mark = {"proof": "p", "co-speaker": "c"}[purpose]
    content = f"{purpose}\n{id}\n{number}"
    return f"1.{mark}{number}.{signed(content)}"


def access():
    """The token to all talks of an address, for an hour."""
    content = json.dumps([addresses[-1], int(time.time() * 1000) + 3_600_000])
    payload = base64url(content.encode())
    text = f"access\n{payload}"
    return f"1.a.{payload}.{signed(text)}"


def signed(text):
    return base64url(hmac.new(token_secret, text.encode(), hashlib.sha256).digest())


def base64url(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def place_in(response):
    """Where a list goes on: in the Location of the trigger, and in the answer of all others, bare or in a URL."""
    if "location" in response.headers:
        return query_of(response.headers["location"][0])
    is_page = response.status_code == 200 and "json" in response.headers.get("content-type", [""])[0]
    content = response.json() if is_page and response.content else None
    place = content.get("next") if isinstance(content, dict) else None
    return query_of(place) if isinstance(place, str) else None


def query_of(place):
    return parse_qs(urlsplit(place).query) if "?" in place else {"since": [place], "after": [place]}


def list_of(case):
    """A place is one of a list with these filters, and of no other."""
    filters = {name: value for name, value in (case.query or {}).items() if name not in cursors}
    return case.operation.path, json.dumps(filters, sort_keys=True, default=repr)


@schemathesis.auth(refresh_interval=None)
class Credentials:
    """Of an organiser; a speaker's depends on the submission, and is put in its place before the call."""

    def get(self, case, ctx):
        return organiser_token if "organiser" in case.path else no_token

    def set(self, case, data, ctx):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None:
        return
    if case.meta.generation.mode.is_negative:
        use_key(case)
        return
    if "Idempotency-Key" in case.headers:
        use_own_key(case)
    if case.operation.label == "POST /api/submissions" and isinstance(case.body, dict):
        # Few that are made up name one.
        case.body.setdefault("coSpeakers", [{"name": "Jun Watanabe", "email": "jun@example.org"}])
    if case.method not in ("GET", "HEAD") and next(rounds) % 4:
        drop_conditions(case)
    if "submissions/{id}" in case.operation.path:
        use_own_submission(case)
    if case.operation.path == "/api/talks" and addresses:
        authorize(case, access())
    for name in cursors.intersection(case.query or {}):
        use_own_place(case, name)


def use_key(case):
    """A dry run reads no key (contract H41): a submit refuses one that is malformed."""
    headers = case.meta.components.get(ParameterLocation.HEADER)
    if "Idempotency-Key" in case.headers and headers and headers.mode.is_negative:
        (case.query or {}).pop("dry-run", None)


def drop_conditions(case):
    """Three times of four: hardly any that is made up is met, and then nothing is done (contract H34)."""
    for name in conditions.intersection(case.headers):
        del case.headers[name]


def use_own_place(case, name):
    """What is made up is no place: they are sealed."""
    known = places.get(list_of(case), {}).get(name)
    if known:
        case.query[name] = known[0]
    else:
        del case.query[name]


def use_own_key(case):
    """Under a key that was used, another submission is refused, as it should be (contract H10)."""
    content = json.dumps([case.headers["Idempotency-Key"], case.body], sort_keys=True, default=repr)
    case.headers["Idempotency-Key"] = hashlib.sha256(content.encode()).hexdigest()


def use_own_submission(case):
    """Every other time, since most of the ids that are made up are nobody's; with what was learnt of it before."""
    if case.operation.label == conflicting:
        # One is given up to it, since it is closed to the organiser from then on; not the only one.
        if len(tokens) > 1:
            case.path_parameters["id"] = next(iter(tokens))
        return
    if case.operation.path.endswith("/co-speaker") and invited:
        case.path_parameters["id"] = invited[-1 - next(turns) % min(len(invited), 20)]
    known = case.path_parameters["id"] in tokens
    # Some have to be left for the others.
    spare = tokens if case.operation.label != erasing else len(tokens) > 10
    # Where the token of its speaker is needed, nothing is to be learnt from an id that is nobody's; and most that is made up
    # for a reopening is refused before its id is looked up.
    always = case.operation.label in speakers or case.operation.label == reopening
    if not known and spare and (always or next(turns) % 2):
        # The latest are the ones that most may still be done with.
        others = (list(tokens)[1:] or list(tokens))[-20:]
        case.path_parameters["id"] = others[next(turns) % len(others)]
    id = case.path_parameters["id"]
    if "If-None-Match" in case.headers:
        case.headers["If-None-Match"] = tags.get(id, case.headers["If-None-Match"])
    if case.operation.path.endswith("/proof"):
        authorize(case, mailed("proof", id, 0))
    elif case.operation.path.endswith("/co-speaker"):
        authorize(case, mailed("co-speaker", id, 1))
    else:
        authorize(case, tokens.get(id, no_token))


def authorize(case, token):
    """In place of none: where another one is sent, or nothing, that is what is tried."""
    if case.headers.get("Authorization") == f"Bearer {no_token}":
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.check
def default_is_for_any_request(ctx, response, case):
    """The default response would otherwise allow every status code."""
    documented = case.operation.definition.raw["responses"]
    if str(response.status_code) not in documented and response.status_code not in of_any_request:
        raise AssertionError(f"{response.status_code} is not documented for {case.operation.label}")


@schemathesis.check
def valid_data_is_taken(ctx, response, case):
    """JSON Schema can't count a line end once, nor what is visible, nor tell one address from another, or a domain that
    the DNS can have, nor what a talk of this state lets edit: nothing else of what it lets through may be refused."""
    # The answer to HEAD doesn't say why. It is that to GET.
    if case.meta is None or case.meta.generation.mode.is_negative or case.method == "HEAD":
        return
    if response.status_code not in (400, 405, 406, 413, 414, 415, 422, 428, 431):
        return
    details = [error["detail"] for error in response.json().get("errors", [])]
    if not details or not all(beyond_schema.fullmatch(detail) for detail in details):
        raise AssertionError(f"{response.status_code}: valid data should have been accepted: {response.text}")
