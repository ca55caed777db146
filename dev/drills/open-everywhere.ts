import type { Client } from '@temporalio/client';
import type { Waiting } from '../../contract/lifecycle/next-step.ts';
import * as commands from '../../contract/workflow/commands.ts';
import { theCall } from '../histories/material.ts';
import { type One, starterOf } from '../histories/paths.ts';

/** A submission that waits, and what lets it go on to its end. */
export type Waits = { at: Waiting['wait']; one: One; goOn: () => Promise<unknown> };

type Opened = { one: One; goOn: (one: One) => Promise<unknown> };

type Opening = readonly [at: Waiting['wait'], open: (start: ReturnType<typeof starterOf>) => Promise<Opened>];

/** The only wait that ends by itself: it does so while the bad build is there. */
const pause = '15s';

const { moderation } = theCall.stages;
const selection = { bar: 3, policy: { kind: 'panel', quorum: 1, deadline: '30d', reminders: [], whenDue: 'escalate' } };
/** A call whose talks wait for a panel, and for the organisers. */
export const panel = { announcement: 'by-organisers', stages: { ...theCall.stages, selection } };
const attendance = { deadline: '30d', reminders: [] as string[] };
const by = 'Olga';

const openings: readonly Opening[] = [
  [
    'time-to-withdraw',
    async (start) => {
      const policy = { kind: 'automatic', after: pause };
      const one = await start({ stages: { ...theCall.stages, moderation: { ...moderation, policy } } });
      return { one, goOn: async () => undefined };
    },
  ],
  [
    'referral',
    async (start) => {
      const checks = { words: { refer: { deadline: '30d', whenDue: 'escalate' } } };
      const stages = { ...theCall.stages, moderation: { ...moderation, checks } };
      const one = await start({ stages }, { title: 'Idiots at work' });
      return { one, goOn: () => one.give(commands.decideUpdate, { by, stage: 'moderation', outcome: 'passed' }) };
    },
  ],
  [
    'reviews',
    async (start) => ({
      one: await start(panel),
      async goOn(one) {
        await one.give(commands.reviewUpdate, { by: 'Rita', scores: { substance: 4 } });
        await one.decide('rejected');
        await one.give(commands.announceUpdate, { by });
      },
    }),
  ],
  [
    'announcement',
    async (start) => {
      const one = await start(panel);
      await one.waiting('reviews');
      await one.decide('passed');
      return { one, goOn: () => one.give(commands.announceUpdate, { by }) };
    },
  ],
  [
    'slot',
    async (start) => {
      const one = await start(panel);
      await one.waiting('reviews');
      await one.decide('waitlisted');
      await one.give(commands.announceUpdate, { by });
      return { one, goOn: () => one.give(commands.closeUpdate, { by }) };
    },
  ],
  [
    'attendance',
    async (start) => ({
      one: await start({ attendance }),
      goOn: (one) => one.give(commands.attendanceUpdate, { answer: 'confirmed' }),
    }),
  ],
];

/** One submission at each wait. */
export async function openEverywhere(client: Client): Promise<Waits[]> {
  return Promise.all(
    openings.map(async ([at, open], index) => {
      const { one, goOn } = await open(starterOf(client, index + 1));
      await one.waiting(at);
      return { at, one, goOn: () => goOn(one) };
    }),
  );
}
