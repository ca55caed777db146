import { type Attributes, inSpan, type Span, type Tracing } from '../../process/tracing/tracing.ts';
import { problems } from '../http/problems.ts';
import { Refusal } from '../http/refusal.ts';
import type { Around } from './around.ts';

/**
 * Begins a trace with each request that is sampled, named by its route: paths have ids. A `traceparent` that a request brings
 * isn't read: a stranger would decide what is recorded, and write into the traces of others.
 */
export function createTracedAnswers({ begin }: Tracing): Around {
  return (route, handle) => (c) => {
    const { method } = c.req;
    const span = begin(`${method} ${route}`, { kind: 'server' });
    if (span === undefined) return handle(c);

    const asked = { 'http.request.method': method, 'http.route': route };
    try {
      const answer = inSpan(span, () => handle(c));
      if (!(answer instanceof Promise)) return answered(span, asked, answer);
      return answer.then(
        (response) => answered(span, asked, response),
        (error: unknown) => failed(span, asked, error),
      );
    } catch (error) {
      return failed(span, asked, error);
    }
  };
}

function answered(span: Span, asked: Attributes, response: Response): Response {
  span.end({ ...asked, 'http.response.status_code': response.status });
  return response;
}

/** A refusal is an answer like others. */
function failed(span: Span, asked: Attributes, error: unknown): never {
  if (error instanceof Refusal) {
    const { code } = error;
    span.end({ ...asked, 'http.response.status_code': problems[code].status, 'cfs.problem': code });
  } else span.end(asked, error);
  throw error;
}
