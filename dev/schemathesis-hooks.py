"""What a client of ours does by itself, and a description can't say."""

import hashlib
import json

import schemathesis

speaker_tokens = {}


@schemathesis.hook
def after_call(context, case, response):
    if case.operation.label == "POST /api/submissions" and response.status_code == 202:
        body = response.json()
        speaker_tokens[body["id"]] = body["speakerToken"]


@schemathesis.auth(refresh_interval=None).apply_to(operation_id="withdraw")
class SpeakerToken:
    """The token of that very submission, as the answer to its submit said it."""

    def get(self, case, ctx):
        return speaker_tokens.get((case.path_parameters or {}).get("id"), "1.no-token-of-this-submission")

    def set(self, case, data, ctx):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """A key of its own for each submission: under a used one, another submission is refused as it should be (H10)."""
    key = case.headers.get("Idempotency-Key")
    if case.meta is None or case.meta.generation.mode.is_negative or key is None:
        return
    content = json.dumps(case.body, sort_keys=True, default=repr)
    case.headers["Idempotency-Key"] = hashlib.sha256(f"{key}{content}".encode()).hexdigest()
