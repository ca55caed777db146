"""What a client knows of its own submissions, and no description can say."""

import hashlib
import itertools
import json
import os

import schemathesis

tokens = {}
tags = {}
turns = itertools.count()
organiser_token = os.environ["ORGANISER_TOKEN"]
erasing = "DELETE /api/organiser/submissions/{id}"
conflicting = "PUT /api/organiser/submissions/{id}/conflict"
speakers = {"DELETE /api/submissions/{id}", "PUT /api/submissions/{id}/attendance"}
no_token = "1.not-the-token-of-this-submission"


@schemathesis.hook
def after_call(context, case, response):
    if case.operation.label == "POST /api/submissions" and response.status_code == 202:
        body = response.json()
        tokens[body["id"]] = body["speakerToken"]
    if case.operation.label == erasing and response.status_code < 300:
        tokens.pop(case.path_parameters["id"], None)
    if "etag" in response.headers:
        tags[case.path_parameters["id"]] = response.headers["etag"][0]


@schemathesis.auth(refresh_interval=None)
class Credentials:
    """Of an organiser; a speaker's depends on the submission, and is put in its place before the call."""

    def get(self, case, ctx):
        return organiser_token if "organiser" in case.path else no_token

    def set(self, case, data, ctx):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or case.meta.generation.mode.is_negative:
        return
    if "Idempotency-Key" in case.headers:
        use_own_key(case)
    if "submissions/{id}" in case.operation.path:
        use_own_submission(case)


def use_own_key(case):
    """Under a key that was used, another submission is refused, as it should be (contract H10)."""
    content = json.dumps([case.headers["Idempotency-Key"], case.body], sort_keys=True, default=repr)
    case.headers["Idempotency-Key"] = hashlib.sha256(content.encode()).hexdigest()


def use_own_submission(case):
    """Every other time, since most of the ids that are made up are nobody's; with what was learnt of it before."""
    if case.operation.label == conflicting:
        # One is given up to it, since it is closed to the organiser from then on.
        case.path_parameters["id"] = next(iter(tokens), case.path_parameters["id"])
        return
    known = case.path_parameters["id"] in tokens
    # Some have to be left for the others.
    spare = tokens if case.operation.label != erasing else len(tokens) > 10
    # Where the token of its speaker is needed, nothing is to be learnt from an id that is nobody's.
    always = case.operation.label in speakers
    if not known and spare and (always or next(turns) % 2):
        # The latest are the ones that most may still be done with.
        others = (list(tokens)[1:] or list(tokens))[-20:]
        case.path_parameters["id"] = others[next(turns) % len(others)]
    id = case.path_parameters["id"]
    if "If-None-Match" in case.headers:
        case.headers["If-None-Match"] = tags.get(id, case.headers["If-None-Match"])
    if case.headers.get("Authorization") == f"Bearer {no_token}":
        case.headers["Authorization"] = f"Bearer {tokens.get(id, no_token)}"
