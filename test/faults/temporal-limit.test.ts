import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isTerminal } from '../../contract/http/statuses.ts';
import { everything } from '../../store/sight.ts';
import { firstAnswerSchema, post, problemOf, statusOf } from '../support/app.ts';
import { aRequest } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { testThatHistoriesReplay, useDevServerWith, withWorker } from '../support/temporal.ts';

/** Calls a second. It grants those of workers last: a poller for each submission would take them all. */
const server = useDevServerWith({ 'frontend.namespaceRPS': 10 });
const { aGateway } = useGateways(server);

const submissions = 100;

/** Milliseconds. */
const timeout = 180_000;
const patience = { timeout: 60_000, interval: 500 };

test('H13, H26: Temporal grants fewer calls than are asked for: each talk is received, goes on while it is polled, and ends once', {
  timeout,
}, async () => {
  const app = aGateway({ isProved: true });
  let refused = 0;

  /** As clients do: they come again when they are told to. */
  async function ask(request: () => Response | Promise<Response>): Promise<Response> {
    for (;;) {
      const response = await request();
      if (response.status !== 503) return response;
      await problemOf(response.clone());
      refused += 1;
      await pause(response);
    }
  }
  const pause = (response: Response) => delay(Number(response.headers.get('Retry-After')) * 1_000);

  async function follow(_: unknown, at: number) {
    const headers = { 'Idempotency-Key': randomUUID() };
    const received = await ask(() =>
      post(app, aRequest({ title: `Talk ${at}`, speaker: { name: 'Ada', email: `ada-${at}@example.org` } }), headers),
    );
    const { id } = firstAnswerSchema.parse(await received.json());
    server.started.add(`submission-${id}`);
    for (;;) {
      const polled = await ask(() => app.request(`/api/submissions/${id}`));
      const status = await statusOf(polled.clone());
      if (isTerminal(status)) return [id, status.result?.outcome] as const;
      await pause(polled);
    }
  }

  const letters = async () => {
    const sent = await server.store.messages.after(undefined, ['sent'], 1_000, everything);
    return sent.map(({ submission_id, release }) => `${submission_id} ${release}`).sort();
  };
  const ends = await withWorker(server, async () => {
    const ends = await Promise.all(Array.from({ length: submissions }, follow));
    await expect.poll(async () => (await letters()).length, patience).toBeGreaterThanOrEqual(submissions);
    return ends;
  });

  const ids = ends.map(([id]) => id);
  expect(refused).toBeGreaterThan(submissions);
  expect(new Set(ids).size).toBe(submissions);
  expect(ends).toEqual(ids.map((id) => [id, 'accepted']));
  expect(await letters()).toEqual(ids.map((id) => `${id} accepted`).sort());
});

testThatHistoriesReplay(server, submissions);
