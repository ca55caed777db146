/** The gateway as one function from a request to a response: middleware, routes, errors. */
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { type RequestIdVariables, requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import type { Call } from '../contract/call.ts';
import { createIds } from './ids.ts';
import { createProblems, type Extensions, type ProblemCode } from './problem.ts';
import { Refusal } from './refusal.ts';
import { submissionRoutes } from './routes/submissions.ts';
import { createStatusReader } from './status-reader.ts';
import { type Submissions, TemporalUnavailableError } from './submissions.ts';

export type AppDependencies = {
  publicUrl: string;
  idSecret: string;
  call: Call;
  submissions: Pick<Submissions, 'start' | 'find' | 'source'>;
  log: Pick<Logger, 'error'>;
  now?: () => Date;
};

export function createApp({ publicUrl, idSecret, call, submissions, log, now = () => new Date() }: AppDependencies) {
  const problem = createProblems(publicUrl);
  const ids = createIds(idSecret);
  const reader = createStatusReader(submissions.source);
  const app = new Hono<{ Variables: RequestIdVariables }>();

  app.use(requestId());
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    }),
  );
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => respond(c, 'method-not-allowed', {}, { Allow: methods.join(', ') }),
    }),
  );

  app.route('/api/submissions', submissionRoutes({ publicUrl, call, ids, submissions, reader, now }));

  app.notFound((c) => respond(c, 'not-found'));

  app.onError((error, c) => {
    const refusal = asRefusal(error);
    // A client that hung up in the middle of its request is no error of ours.
    if (serverErrors.has(refusal.code) && !c.req.raw.signal.aborted)
      log.error({ err: error, requestId: c.var.requestId }, refusal.code);
    return respond(c, refusal.code, refusal.extensions);
  });

  return app;

  // Through the context, so that what the middleware has set before stays on the answer.
  function respond(c: Context, code: ProblemCode, extensions?: Extensions, more: Record<string, string> = {}) {
    const { status, headers, body } = problem(code, extensions);
    return c.body(body, status, { ...headers, ...more });
  }
}

/** Whose causes are for the log only (contract H25). */
const serverErrors = new Set<ProblemCode>(['internal-error', 'temporarily-unavailable']);

function asRefusal(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof TemporalUnavailableError) return new Refusal('temporarily-unavailable', {}, { cause: error });
  // Hono's own refusals are about the form of a request.
  if (error instanceof HTTPException && error.status < 500)
    return new Refusal('malformed-request', {}, { cause: error });
  return new Refusal('internal-error', {}, { cause: error });
}
