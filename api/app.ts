/** The gateway as a function from request to response: middleware, routes, errors. */
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Logger } from 'pino';
import { isDate } from '../contract/call/announcing.ts';
import type { Call } from '../contract/call/call.ts';
import type { Person } from '../contract/committee/person.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Deadline } from '../process/deadline.ts';
import type { Health } from '../process/health/health-routes.ts';
import { createSpeakerTokens, type SpeakerTokenKey } from '../process/speaker-tokens.ts';
import { isUnreachable } from '../store/unreachable.ts';
import { TemporalUnavailableError } from '../temporal/bounded-calls.ts';
import type { Commands } from '../temporal/commands.ts';
import type { Operations } from '../temporal/operations.ts';
import { createClientAddress } from './http/client-address.ts';
import { crossOrigin } from './http/cross-origin.ts';
import { createProblems, type Extensions } from './http/problem.ts';
import type { ProblemCode } from './http/problems.ts';
import { Refusal } from './http/refusal.ts';
import { fieldsOf } from './http/representation.ts';
import { requestIdOf } from './http/request-id.ts';
import { createSend } from './http/send.ts';
import { createIds } from './ids.ts';
import { createAdmission } from './limits/admission.ts';
import { createGuesses } from './limits/guesses.ts';
import { createLimits, type Limits } from './limits/limits.ts';
import { createRushLog } from './limits/rush-log.ts';
import type { AppMetrics } from './metrics/gateway-metrics.ts';
import { openApiDocument } from './openapi/document.ts';
import { createErrorPages } from './pages/errors/error-page.tsx';
import { ownErrorPage } from './pages/errors/own-error-page.ts';
import { pagesOf } from './pages/pages.ts';
import { mountPages } from './pages/routing/mount-pages.ts';
import { htmlType } from './pages/routing/page.ts';
import { isOutsideApi, prefersHtml } from './pages/routing/prefers-html.ts';
import { createSite } from './pages/site.ts';
import type { Access } from './people/access.ts';
import { createAuthorize } from './people/authorize.ts';
import { createGate, type GateDependencies } from './people/gate.ts';
import { createReadHeld } from './people/read-held.ts';
import { createSpeakerCommands } from './people/speaker-commands.ts';
import { createWakeAccess } from './people/wake-access.ts';
import { createOperationAnswers } from './routes/operation-answers.ts';
import type { OrganiserDependencies } from './routes/organiser-dependencies.ts';
import { definitions, descriptionRoutes, organiserRoutes, submissionRoutes } from './routes/routes.ts';
import type { SubmissionDependencies } from './routes/submission-dependencies.ts';
import { mount } from './routing/mount.ts';
import { mountHealth } from './routing/mount-health.ts';
import { withErasures } from './status/commands-of-erased.ts';
import { createPace } from './status/pace.ts';
import type { RecordedSubmissions } from './status/recorded-submissions.ts';
import { createSeenBySpeaker } from './status/seen-by-speaker.ts';
import { createStatusAnswers } from './status/status-answers.ts';
import { createStatusReader } from './status/status-reader.ts';
import { createWatchers } from './status/watchers.ts';
import { type Around, unwatched } from './watching/around.ts';

export type AppDependencies = {
  publicUrl: string;
  idSecret: string;
  /** Where the runbook's pages are. */
  runbook?: string | undefined;
  speakerTokenKeys: readonly SpeakerTokenKey[];
  corsOrigins?: readonly string[];
  trustedProxies?: readonly string[];
  call: Call;
  access: Access;
  /** Everyone with a token. */
  committee: readonly Person[];
  submissions: RecordedSubmissions;
  commands: Commands;
  operations: Operations;
  forgetMessages?: OrganiserDependencies['forgetMessages'];
  store: GateDependencies['store'] & SubmissionDependencies['store'];
  limits?: Limits;
  health?: Health;
  around?: Around;
  metrics?: AppMetrics | undefined;
  log: Pick<Logger, 'error'>;
  /** Aborts when the gateway is told to stop: held requests are answered at once. */
  stopping?: AbortSignal;
  now?: () => Date;
};

export function createApp({
  publicUrl,
  idSecret,
  runbook,
  speakerTokenKeys,
  corsOrigins = [],
  trustedProxies = [],
  call,
  access,
  committee,
  submissions,
  commands: allCommands,
  operations,
  forgetMessages = async () => undefined,
  store,
  limits = createLimits(),
  health,
  around = unwatched,
  metrics,
  log,
  stopping = new AbortController().signal,
  now = () => new Date(),
}: AppDependencies) {
  const problem = createProblems(publicUrl);
  const ids = createIds(idSecret);
  const tokens = createSpeakerTokens(speakerTokenKeys);
  const reader = createStatusReader(submissions.source, store.erasures, undefined, metrics?.statuses.told);
  const watchers = createWatchers(reader, stopping);
  metrics?.watch(watchers);
  const answers = createStatusAnswers(
    publicUrl,
    createPace({ announcement: isDate(call.announcement) ? call.announcement : undefined }),
  );
  const addressOf = createClientAddress(trustedProxies);
  const origins = crossOrigin(corsOrigins);
  const { send, sendPage } = createSend(origins);
  const app = new Hono();

  const commands = withErasures(allCommands, store.records);
  const gate = createGate({ call, idSecret, committee, store, commands, operations, submissions });
  const seenBySpeaker = createSeenBySpeaker({ commands, answers, reader });
  const authorize = createAuthorize({ access, tokens, limits, addressOf, now });
  const mounting = { call, authorize, send, around };
  const shared = { call, ids, runbook, reader, watchers, now };
  const guesses = createGuesses(limits);
  const operationAnswers = createOperationAnswers(publicUrl, now);

  const site = createSite({ publicUrl, call });
  const errorPage = createErrorPages(site);
  const forSpeakers = {
    ...shared,
    commands,
    store,
    readHeld: createReadHeld({ store, commands }),
    speakerCommands: createSpeakerCommands({ call, store, commands, now }),
    submissions,
    seenBySpeaker,
    answers,
    tokens,
    limits,
    guesses,
    admit: createAdmission(createRushLog(log, 'more was submitted than could be received at once')),
    wakeAccess: createWakeAccess(
      (deadline) => operations.send('access', deadline),
      (err) => log.error({ err }, 'requests for access wait for the reconciler'),
    ),
    addressOf,
    noteHeld: metrics?.requests.hold,
  };

  mount(app, submissionRoutes, { ...mounting, dependencies: forSpeakers });
  mount(app, organiserRoutes, {
    ...mounting,
    dependencies: { ...shared, publicUrl, gate, forgetMessages, log, operationAnswers },
  });
  mount(app, descriptionRoutes, {
    ...mounting,
    dependencies: { describe: () => openApiDocument({ definitions, publicUrl, call }) },
  });
  if (health) mountHealth(app, health, send, refuse, around);
  mountPages(app, pagesOf({ ...forSpeakers, site, authorize, titleOf, askApi }), sendPage, around);

  // Here, and not before each route: Hono composes nothing for a path with a single handler.
  app.notFound(async (c) => {
    const permissions = origins.permissionsFor(c);
    if (permissions) return send(c, 204, [permissions], null);
    await refuseMethod(c, async () => {
      c.res = refuse(c, 'not-found');
    });
    return c.res;
  });
  const refuseMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => refuse(c, 'method-not-allowed', {}, { Allow: methods.join(', ') }),
  });

  app.onError((error, c) => {
    const refusal = asRefusal(error);
    const isUnconfirmed = refusal.code === 'temporarily-unavailable' && !safe.has(c.req.method);
    const isLogged = serverErrors.has(refusal.code) && !refusal.isCounted;
    if (isLogged) log.error({ err: error, requestId: requestIdOf(c) }, refusal.code);
    const extensions = isUnconfirmed ? { detail: unconfirmed, ...refusal.extensions } : refusal.extensions;
    return refuse(c, refusal.code, extensions, refusal.headers, ownErrorPage(c, refusal));
  });

  return app;

  async function askApi(c: Context, path: string, { headers, ...init }: RequestInit): Promise<Response> {
    const named = new Headers(headers);
    named.set('X-Request-Id', requestIdOf(c));
    return app.fetch(new Request(new URL(path, publicUrl), { ...init, headers: named }), c.env);
  }

  /** Reads the history: no worker is needed, and none may have written the record yet. */
  async function titleOf(id: SubmissionId, deadline: Deadline): Promise<string | undefined> {
    return (await commands.startOf(id, deadline))?.submission.title;
  }

  function refuse(
    c: Context,
    code: ProblemCode,
    extensions?: Extensions,
    more: Record<string, string> = {},
    own?: string,
  ) {
    const { status, headers, body } = problem(code, extensions);
    if (!isOutsideApi(c)) return send(c, status, [headers, more], body);
    const page = prefersHtml(c) ? (own ?? errorPage(code)) : undefined;
    const response = page
      ? sendPage(c, status, [headers, more, fieldsOf({ type: htmlType, content: page })], page)
      : send(c, status, [headers, more], body);
    response.headers.append('Vary', 'Accept');
    return response;
  }
}

/** Problems whose causes go to the log only (contract H25). */
const serverErrors = new Set<ProblemCode>(['internal-error', 'temporarily-unavailable']);

/** Methods that change nothing (RFC 9110, 9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Temporal keeps an update that no worker has taken yet, and a write may have succeeded although its response was lost. */
const unconfirmed =
  'The change may have been made, or may still be made later: nothing is confirmed. Read the status, or send the same request again after Retry-After, with the same Idempotency-Key if it had one.';

function asRefusal(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof TemporalUnavailableError || isUnreachable(error))
    return new Refusal('temporarily-unavailable', {}, { cause: error });
  // Hono itself only refuses malformed requests.
  if (error instanceof HTTPException && error.status < 500)
    return new Refusal('malformed-request', {}, { cause: error });
  return new Refusal('internal-error', {}, { cause: error });
}
