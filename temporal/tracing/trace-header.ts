import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { traceHeader } from '../../contract/workflow/trace-sinks.ts';

export function withTrace<Input extends { headers: Headers }>(input: Input, traceparent: string | undefined): Input {
  if (traceparent === undefined) return input;
  return { ...input, headers: { ...input.headers, [traceHeader]: defaultPayloadConverter.toPayload({ traceparent }) } };
}

export function traceparentIn(headers: Headers): string | undefined {
  const payload = headers[traceHeader];
  const carrier: unknown = payload && readable(payload);
  const found = typeof carrier === 'object' && carrier !== null && 'traceparent' in carrier && carrier.traceparent;
  return typeof found === 'string' ? found : undefined;
}

/** Whoever can write to Temporal may have put anything there. */
function readable(payload: NonNullable<Headers[string]>): unknown {
  try {
    return defaultPayloadConverter.fromPayload(payload);
  } catch {
    return undefined;
  }
}
