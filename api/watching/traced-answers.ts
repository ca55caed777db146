import { type Attributes, inSpan, type Span, type Tracing } from '../../process/tracing/tracing.ts';
import { problems } from '../http/problems.ts';
import { Refusal } from '../http/refusal.ts';
import type { Around } from './around.ts';

/** A span costs a third of a poll, and polls are nearly all that a gateway gets, each like the others. */
const readsPerTrace = 10;

const reading = ['GET', 'HEAD'];

/**
 * Begins a trace with each request that is sampled, named by its route: paths have ids. Of those that only read, the sampler
 * sees the first of each route, and every tenth after it. A `traceparent` that a request brings isn't read: a stranger would
 * decide what is recorded, and write into the traces of others.
 */
export function createTracedAnswers({ begin }: Pick<Tracing, 'begin'>): Around {
  return (route, handle) => {
    let reads = 0;

    function beginFor(method: string): Span | undefined {
      if (reading.includes(method)) {
        reads += 1;
        if (reads % readsPerTrace !== 1) return undefined;
      }
      return begin(`${method} ${route}`, { kind: 'server' });
    }

    return (c) => {
      const { method } = c.req;
      const span = beginFor(method);
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
