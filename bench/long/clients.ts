/** The clients of a scenario, in a process of their own. */
import { setTimeout as delay } from 'node:timers/promises';
import { headerOf } from '../measure/http-client.ts';
import { asProcess } from './as-process.ts';
import { openConnections, type Send } from './connections.ts';
import { createPoliteClient, createTallies, type Tallies } from './polite-clients.ts';

/** `at`: when it begins, in milliseconds from the beginning. */
export type Plan = {
  /** Who sends one polls its status. `isImpatient`: somebody else polls it each second. */
  talks: { at: number; url: string; content: string; isImpatient?: boolean }[];
  pollers: { at: number; location: string }[];
  /** Each holds a request, and so a connection. */
  waiters: { at: number; location: string }[];
  /** Milliseconds to the end of polling. */
  duration: number;
  /** Milliseconds that those who have not been received go on trying. */
  longer: number;
};

export type Result = {
  tallies: Tallies;
  /** Of the talks that were received. */
  locations: string[];
  /** Milliseconds from their first attempt. */
  received: number[];
  /** Different documents of the polled submissions. */
  seen: number;
};

/** Connections that all submits and polls share: more than are ever under way, or they would wait for each other. */
const shared = 500;

const second = 1_000;

await asProcess<Plan>(async ({ talks, pollers, waiters, duration, longer }) => {
  const tallies = createTallies();
  const documents = new Set<string>();
  const send = noting(openConnections(shared));
  const hold = noting(openConnections(Math.max(1, waiters.length)));
  const until = Date.now() + duration;
  const locations: string[] = [];
  const received: number[] = [];
  let clients = 0;
  const newClient = (more: { send: Send; until: number; pace?: number }) => {
    clients += 1;
    return createPoliteClient({ tallies, client: clients, ...more });
  };

  await Promise.all([
    ...talks.map(async ({ at, url, content, isImpatient }) => {
      await delay(at);
      const began = performance.now();
      const answer = await newClient({ send, until: until + longer }).submit(`${url}/api/submissions`, content);
      const location = answer && headerOf(answer, 'Location');
      if (answer?.status !== 202 || location === undefined) return;
      received.push(performance.now() - began);
      locations.push(location);
      await Promise.all([
        newClient({ send, until }).poll(location, answer),
        isImpatient && newClient({ send, until, pace: second }).poll(location),
      ]);
    }),
    ...pollers.map(async ({ at, location }) => {
      await delay(at);
      await newClient({ send, until }).poll(location);
    }),
    ...waiters.map(async ({ at, location }) => {
      await delay(at);
      await newClient({ send: hold, until }).wait(location);
    }),
  ]);
  return { tallies, locations, received, seen: documents.size } satisfies Result;

  function noting(sender: Send): Send {
    return async (url, options) => {
      const answer = await sender(url, options);
      const tag = headerOf(answer, 'ETag');
      if (tag !== undefined) documents.add(`${url} ${tag}`);
      return answer;
    };
  }
});
