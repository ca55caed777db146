/**
 * Shows operators what is encrypted, in the Web UI and in Temporal's command line: `POST /decode`, as these ask for it.
 * Nothing is encrypted for anybody: who could have that done could give workflows commands in anybody's name.
 */
import type { Payload } from '@temporalio/common';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import type { CodecServerConfig } from '../process/settings/codec-server-config.ts';
import { createPayloadCodec } from '../temporal/codec/payload-codec.ts';
import { sealOf } from '../temporal/codec/sealed-payload.ts';
import { UnreadablePayloadError } from '../temporal/codec/unreadable-payload-error.ts';
import { payloadsSchema, toJson } from './json-payload.ts';
import type { Operators } from './operators.ts';

/** Bytes: what Temporal sends at most in one answer, 4 MB, in base64. */
const largestRequest = 6_000_000;

/** Seconds for which a browser may keep the answer to its preflight. */
const preflightAge = 600;

/** What the Web UI sends; the last has the ID token beside the access token, which nothing here reads. */
const allowHeaders = ['Content-Type', 'X-Namespace', 'Authorization', 'Authorization-Extras'];

type Options = Pick<CodecServerConfig, 'namespace' | 'payloadKeys' | 'origins' | 'hosts'> & {
  /** `undefined`: on loopback, whoever can reach it is the person at the machine. */
  operators: Operators | undefined;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

export function createDecoder({ namespace, payloadKeys, origins, hosts, operators, log }: Options) {
  const codec = createPayloadCodec(payloadKeys);

  function refuse(context: Context, status: 400 | 401 | 403 | 413 | 503, reason: string) {
    log.warn({ status, reason, origin: context.req.header('Origin') }, 'refused to decode');
    return context.json({ error: reason }, status);
  }

  /** Who asks, or why nobody is answered. */
  async function admit(context: Context) {
    if (context.req.header('X-Namespace') !== namespace) return refuse(context, 403, 'another namespace');
    const operator = operators ? await operators.nameOf(context.req.header('Authorization')) : 'local';
    if (operator === 'unknown-keys') return refuse(context, 503, 'the issuer of tokens has not answered');
    if (operator !== undefined) return operator;
    context.header('WWW-Authenticate', 'Bearer');
    return refuse(context, 401, 'no token of an operator');
  }

  const payloadsIn = async (context: Context) =>
    payloadsSchema.safeParse(await context.req.json().catch(() => undefined)).data?.payloads;

  return (
    new Hono()
      .use(secureHeaders())
      .use(async (context, next) => {
        // A name that an attacker's page has pointed at this machine would come with its own Host.
        if (hosts && !hosts.includes(context.req.header('Host') ?? '')) return refuse(context, 403, 'another Host');
        const origin = context.req.header('Origin');
        // Programs send none. A browser does, and can't send X-Namespace without asking first.
        if (origin !== undefined && !origins.includes(origin)) return refuse(context, 403, 'another Origin');
        return next();
      })
      .use(cors({ origin: origins, allowMethods: ['POST'], allowHeaders, maxAge: preflightAge }))
      .use(bodyLimit({ maxSize: largestRequest, onError: (context) => refuse(context, 413, 'too large') }))
      .post('/decode', async (context) => {
        const operator = await admit(context);
        if (typeof operator !== 'string') return operator;
        const payloads = await payloadsIn(context);
        if (payloads === undefined) return refuse(context, 400, 'not the payloads of Temporal');

        const workflowIds = [...new Set(payloads.flatMap((payload) => sealOf(payload)?.workflowId ?? []))];
        const decoded = await Promise.all(payloads.map(decode));
        const unreadable = decoded.flatMap(({ problem }) => problem ?? []);
        log.info({ operator, namespace, workflowIds, payloads: payloads.length, unreadable }, 'decoded');
        return context.json({ payloads: decoded.map(({ payload }) => toJson(payload)) });
      })
      // Temporal's command line asks for it before a query, with nothing to encrypt.
      .post('/encode', async (context) => {
        const operator = await admit(context);
        if (typeof operator !== 'string') return operator;
        const payloads = await payloadsIn(context);
        return payloads?.length === 0 ? context.json({ payloads }) : refuse(context, 403, 'nothing is encrypted here');
      })
      .onError((err, context) => {
        log.error({ err }, 'decoding failed');
        return context.json({ error: 'the log says why' }, 500);
      })
  );

  /** One that can't be read stays as it is, and doesn't hide the others. */
  async function decode(payload: Payload): Promise<{ payload: Payload; problem?: string }> {
    if (sealOf(payload) === undefined) return { payload };
    try {
      const [plain = payload] = await codec.decode([payload]);
      return { payload: plain };
    } catch (error) {
      if (!(error instanceof UnreadablePayloadError)) throw error;
      return { payload, problem: error.message };
    }
  }
}
