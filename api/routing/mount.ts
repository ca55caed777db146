import type { Context, Env, Hono } from 'hono';
import type { Call } from '../../contract/call/call.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { refuse } from '../http/refusal.ts';
import type { Send } from '../http/send.ts';
import type { Authorize } from '../people/authorize.ts';
import { idempotencyKeyOf } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-content.ts';
import { limitContent } from '../request/limit-content.ts';
import { readCommand } from '../request/read-command.ts';
import { readQuery } from '../request/read-query.ts';
import { type Around, unwatched } from '../watching/around.ts';
import { cacheOf, partsOf, schemaIn } from './definition.ts';
import { respond } from './respond.ts';
import type { AnyAnswer, AnyAsked, Route } from './route.ts';

type Mounting<Dependencies> = {
  call: Call;
  authorize: Authorize;
  send: Send;
  around?: Around;
  dependencies: Dependencies;
};

/** Adds routes to an app: each authorizes the caller, reads the request and sends the answer, as defined. */
export function mount<E extends Env, Dependencies>(
  app: Hono<E>,
  routes: readonly Route<Dependencies>[],
  { call, authorize, send, around = unwatched, dependencies }: Mounting<Dependencies>,
): void {
  const paths = routes.map(({ definition }) => partsOf(definition).path);
  for (const { definition, handler } of routes) {
    const { who, takes = {}, gives } = definition;
    const { method, path } = partsOf(definition);
    const handle = handler(dependencies);
    const schema = takes.body && schemaIn(takes.body, call);
    const hasBody = takes.body !== undefined || takes.rawBody !== undefined;

    const reply = (c: Context, answer: AnyAnswer) =>
      respond(send, c, cacheOf(definition, gives[answer.status] ?? {}), answer);

    async function read(c: Context): Promise<AnyAsked> {
      const caller = await authorize(c, who);
      if (hasBody) await limit(c, proceed);
      const key = schema ? idempotencyKeyOf(c) : undefined;
      const content = schema ? await readJson(c.req) : undefined;
      const body = schema && readCommand(content, schema);
      const query = takes.query && readQuery(c, takes.query);
      return { ...unread(c), ...caller, key, content, body, query };
    }

    const isRead = who !== 'anyone' || hasBody || takes.query !== undefined;
    const watched = around(path, (c) => {
      if (isRead) return read(c).then(async (asked) => reply(c, await handle(asked)));
      // What can be answered at once makes no promise: Temporal's client has Node 20 track each one, for more than it costs.
      const answer = handle(unread(c));
      return answer instanceof Promise ? answer.then((made) => reply(c, made)) : reply(c, answer);
    });
    app.on(method, routerPath(path, paths), watched);
  }
}

const unread = (c: Context): AnyAsked => ({
  c,
  params: c.req.param(),
  key: undefined,
  content: undefined,
  body: undefined,
  query: undefined,
  deadline: answerDeadline(),
  refuse,
});

const proceed = async () => undefined;

const limit = limitContent();

/** The path in Hono's syntax. Segments with a route of their own, as in `/announcements/trigger`, match no parameter. */
function routerPath(path: string, all: readonly string[]): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string, at: number) => {
    const before = path.slice(0, at);
    const own = all.filter((other) => other.startsWith(before)).map((other) => other.slice(before.length));
    const words = [...new Set(own)].filter((rest) => /^[\w-]+$/.test(rest));
    return words.length > 0 ? `:${name}{(?!(?:${words.join('|')})$)[^/]+}` : `:${name}`;
  });
}
