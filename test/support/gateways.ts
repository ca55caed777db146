import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { afterAll, expect } from 'vitest';
import { createApp } from '../../api/app.ts';
import { noLimits } from '../../api/limits/limits.ts';
import { withRecords } from '../../api/status/recorded-submissions.ts';
import type { Person } from '../../contract/committee/person.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { createCommands } from '../../temporal/commands.ts';
import { connect } from '../../temporal/connect.ts';
import { createOperations } from '../../temporal/operations.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { firstAnswerSchema, post, statusOf } from './app.ts';
import { aCall, access, aRequest, idSecret, publicUrl, speakerTokenKeys } from './fixtures.ts';
import type { Server } from './temporal.ts';

type App = ReturnType<typeof createApp>;

type Submitted = { id: string; speakerToken: string; handle: WorkflowHandle };

const nobody: readonly Person[] = [];

const anAppsOwn = {
  publicUrl,
  idSecret,
  speakerTokenKeys,
  access,
  committee: nobody,
  limits: noLimits,
  log: { error: () => undefined },
};

const pathOf = (id: string) => `/api/submissions/${id}`;

/** Gateways without a process of their own, on the Temporal server of a test file. */
export function useGateways(server: Server) {
  const open: Client[] = [];
  const closeLater = (client: Client) => open.push(client);
  afterAll(() => Promise.all(open.map((client) => client.connection.close())));

  /** A gateway of its own: nothing in it is shared with another one. */
  function aGateway({
    address = server.env.address,
    call = aCall(),
    store = server.store,
    access = anAppsOwn.access,
    committee = anAppsOwn.committee,
    publicUrl = anAppsOwn.publicUrl,
    isProved = false,
    payloadKeys = server.payloadKeys,
  } = {}): App {
    const client = connect({
      connectionOptions: { address },
      namespace: server.env.namespace ?? 'default',
      payloadKeys,
    });
    closeLater(client);
    const temporal = withRecords(createSubmissions(client), store.records, anAppsOwn.log);
    const submissions = isProved ? proving(temporal) : temporal;
    const [commands, operations] = [createCommands(client), createOperations(client)];
    return createApp({
      ...anAppsOwn,
      publicUrl,
      access,
      committee,
      call,
      submissions,
      commands,
      operations,
      store,
    });
  }

  async function submitTo(
    app: App,
    content: unknown = aRequest(),
    headers: Record<string, string> = {},
  ): Promise<Submitted> {
    const key = { 'Idempotency-Key': randomUUID() };
    const response = await untilAvailable(() => post(app, content, { ...key, ...headers }));
    const { id, speakerToken } = firstAnswerSchema.parse(await response.json());
    const workflowId = `submission-${id}`;
    server.started.add(workflowId);
    return { id, speakerToken, handle: server.env.client.workflow.getHandle(workflowId) };
  }

  const withdraw = async (app: App, { id, speakerToken }: Pick<Submitted, 'id' | 'speakerToken'>) =>
    app.request(pathOf(id), { method: 'DELETE', headers: { Authorization: `Bearer ${speakerToken}` } });

  return { aGateway, submitTo, withdraw, poll, untilTerminal, pathOf, anAppsOwn, closeLater };
}

/** Each submission begins with a proved address: its letters have all that they say, and no receipt goes before. */
function proving(submissions: ReturnType<typeof withRecords>): ReturnType<typeof withRecords> {
  return {
    ...submissions,
    start: ({ receipt: _, ...input }, ...more) => submissions.start({ ...input, proved: true }, ...more),
  };
}

/** Milliseconds between two polls: the worker lives in this process, and other tests on this machine. */
const pause = 10;

/** As a client does that is told to come again: on a busy machine a gateway may run out of its time (contract H13). */
export async function untilAvailable(ask: () => Response | Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await ask();
    if (response.status !== 503) return response;
    expect(response.headers.get('Retry-After')).not.toBeNull();
    await delay(pause);
  }
}

/** Polls until the answer is as wanted. */
async function poll(app: App, id: string, isWanted: (status: StatusDocument) => boolean): Promise<Response> {
  for (;;) {
    const response = await untilAvailable(() => app.request(pathOf(id)));
    const status = await statusOf(response.clone());
    expect(response.status).toBe(isTerminal(status) ? 200 : 202);
    if (isWanted(status)) return response;
    await delay(pause);
  }
}

async function untilTerminal(app: App, id: string): Promise<StatusDocument> {
  return statusOf(await poll(app, id, isTerminal));
}
