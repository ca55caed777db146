/** Worlds that differ in what one person may not know, and all that this person can get out of each. */

import { noLimits } from '../../api/limits/limits.ts';
import type { Access } from '../../api/people/access.ts';
import { accepted } from '../../api/routes/examples.ts';
import type { Person } from '../../contract/committee/person.ts';
import type { MessageState } from '../../contract/mail/message.ts';
import { messageIdOf } from '../../contract/mail/message-id.ts';
import { isForSpeaker, type SpeakerRelease } from '../../contract/mail/releases.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { initialOperation } from '../../contract/workflow/operation-workflows.ts';
import { openDatabase } from '../../store/database.ts';
import { numberEntries } from '../../store/feeds/number-entries.ts';
import { everything } from '../../store/sight.ts';
import { openStore } from '../../store/store.ts';
import { anApp, aPort } from './app.ts';
import { aCall, anId, aSubmission, publicUrl } from './fixtures.ts';
import { scores } from './people.ts';
import { type Asked, questions } from './questions.ts';
import { aRecord, aVerdict, aWriter, type Described } from './records.ts';
import { createDatabase } from './stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const organiser = 'https://cfs.example.org/api/organiser';

/** By their tokens, which are their names. Ada has a talk, Eve works with her, and Dora has stepped back from it. */
const committee: Person[] = [
  { name: 'Ada', role: 'organiser', emails: ['ada@lab.example.net'] },
  { name: 'Eve', role: 'organiser', emails: ['eve@lab.example.net'] },
  { name: 'Dora', role: 'organiser', emails: ['dora@example.com'] },
  { name: 'Otto', role: 'organiser', emails: ['otto@example.com'] },
  { name: 'Rolf', role: 'reviewer', emails: ['rolf@lab.example.net'] },
  { name: 'Rita', role: 'reviewer', emails: ['rita@example.com'] },
];

const access: Access = (token) => committee.find(({ name }) => name === token);

/** What there is to hide of one talk. */
export type Secret = {
  speaker: { name: string; email: string };
  /** Whether its text is nearly that of a talk which all may see. */
  isAlike: boolean;
  state: Described;
  messages: { release: SpeakerRelease; state: MessageState }[];
  isErased: boolean;
};

export const theTalk = anId(0x50);

const talk = (title: string, speaker: Secret['speaker'], track = 'web') =>
  aSubmission({ title, description: `${title}: ${speaker.email} tells of it. `.repeat(3), track, speaker });
const ben = { name: 'Ben', email: 'ben@example.org' };
const alike = (speaker: Secret['speaker']) =>
  aSubmission({
    title: 'Nearly the same',
    description: 'The very same words, one after the other. '.repeat(4),
    speaker,
  });

const announced = (name: SpeakerRelease, change: Described): Described => ({
  stage: 'selection',
  revision: 7,
  releases: [{ name, number: 1, revision: 1, at }],
  ...change,
});

/** What all may see, some of it from before the talk that is hidden, and some from after it. */
const before: [number, Described, ReturnType<typeof talk>][] = [
  [1, {}, talk('In moderation', ben)],
  [
    2,
    announced('accepted', {
      verdicts: [aVerdict('selection', { panelScore: 4 })],
      conclusion: { kind: 'accepted' },
      commands: [{ number: 1, at, by: 'Otto', command: 'decide', detail: 'selection: passed' }],
    }),
    talk('Accepted', ben, 'data'),
  ],
];
const after: typeof before = [
  [0x60, { stage: 'selection', revision: 3, panel: { due: at } }, alike(ben)],
  // By a colleague of Ada's: hidden from some, and by the same speaker as the talk, perhaps.
  [0x61, { stage: 'selection' }, talk('Of a colleague', { name: 'Bob', email: 'bob@lab.example.net' })],
  [
    0x62,
    announced('rejected', {
      verdicts: [aVerdict('selection', { outcome: 'rejected', by: 'Otto' })],
      conclusion: { kind: 'rejected' },
    }),
    talk('Rejected', ben),
  ],
  [0x63, { stage: 'shortlisting', verdicts: [aVerdict('moderation')], revision: 4 }, talk('On its way', ben)],
];
const seenByAll = [...before, ...after].map(([seed]) => anId(seed));

const lists = [
  '/submissions?limit=1',
  '/submissions?track=web&limit=1',
  '/changes?',
  '/audit?',
  '/messages?state=parked',
];

/** @param secret there is no such talk, without one */
export async function aWorld(kind: string, secret: Secret | undefined) {
  const database = await createDatabase(kind);
  const store = openStore(database.location, () => undefined);
  await store.migrate();
  const reached: string[] = [];
  // Counts of what another organiser has begun: they go with the secret.
  const count = JSON.stringify(secret ?? '').length;
  const theirs = {
    ...initialOperation({ id: 'a'.repeat(32), createdAt: at }),
    ...{ status: 'Running' as const, lastUpdatedAt: new Date(Date.parse(at) + count).toISOString() },
    progress: { completed: count, total: count + 1 },
  };
  const noted = async <Value>(id: string, value: Value) => {
    reached.push(id);
    return { kind: 'done' as const, value };
  };
  const { plain, routes } = anApp({
    store,
    ...{ access, committee },
    call: aCall({ closes: '2021-01-01T00:00:00Z' }),
    limits: noLimits,
    now: () => new Date(at),
    submissions: aPort({
      start: async ({ submission }) => {
        reached.push(submission.title);
        return { kind: 'erased' };
      },
      forget: async () => undefined,
    }),
    commands: {
      review: (id, { by }) => noted(id, { stage: 'selection' as const, by, at, scores }),
      declareConflict: (id, { by }) => noted(id, { by, at }),
      decide: (id) => noted(id, aVerdict('selection')),
      reschedule: (id) => noted(id, undefined),
      correctAddress: (id) => noted(id, undefined),
      settleLetter: (id) => noted(id, true),
      hold: async (id) => void reached.push(id),
      setProcessing: (id) => noted(id, undefined),
      answer: async () => ({ kind: 'over' }),
      cancel: (id) => noted(id, accepted),
      edit: async () => ({ kind: 'over' }),
      prove: (id) => noted(id, {}),
      answerAsCoSpeaker: (id) => noted(id, undefined),
      handOver: (id) => noted(id, undefined),
      undoAddress: (id) => noted(id, { generation: 1 }),
      endTokens: (id) => noted(id, { generation: 1 }),
      setReminders: (id) => noted(id, undefined),
      startForOne: () => Promise.reject(new Error('its workflow takes the command')),
      // Its workflow has answered, as it stands on record.
      recordOf: async (id) => {
        const listed = await store.list.find(id, everything);
        return listed && { ...listed, fingerprint: '' };
      },
      startOf: async () => undefined,
    },
    operations: {
      start: async (_, input) => ({ kind: 'started', operation: initialOperation(input), startedBy: input.by }),
      read: async (_, id) => ({ operation: { ...theirs, id }, startedBy: 'Otto' }),
      cancel: async () => undefined,
      send: async (id) => {
        reached.push(id);
      },
    },
  });

  const request = async (person: string, { path, method = 'GET', content }: Asked, headers = {}) =>
    plain.request(path.startsWith('http') ? path : `${organiser}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${person}`,
        // The ids of what is begun are made from it, and are random without.
        ...(content ? { 'Content-Type': 'application/json', 'Idempotency-Key': path + JSON.stringify(content) } : {}),
        ...headers,
      },
      ...(content ? { body: JSON.stringify(content) } : {}),
    });

  const beginnings = new Map<string, string>();
  for (const { name } of committee)
    beginnings.set(name, (await request(name, { path: '/announcements/trigger' })).headers.get('Location') ?? '');
  for (const one of before) await keep(one);
  await hide();
  for (const [at, one] of after.entries()) {
    await goOnFrom(1_000 * (at + 1));
    await keep(one);
  }

  async function keep([seed, state, submission]: (typeof before)[number]): Promise<void> {
    const createdAt = new Date(Date.parse(at) + (seed % 3) * 1_000).toISOString();
    const messages = (state.releases ?? [])
      .filter(isForSpeaker)
      .map(({ name }) => aMessageToTheSpeaker(anId(seed), name));
    await store.records.keep(aRecord(seed, { createdAt, ...state }, submission), messages, aWriter);
    for (const { id } of messages) await store.messages.park(id, 'Nobody knows.');
  }

  /**
   * So that what may be seen has the same numbers in all worlds, however many of them what is hidden has taken: cursors have
   * them in them, encrypted.
   */
  async function goOnFrom(number: number): Promise<void> {
    const db = openDatabase(database.location, () => undefined);
    for (const feed of ['changes', 'announcements', 'audit'] as const) await numberEntries(db, feed);
    await db.updateTable('feeds').set({ last: number }).execute();
    await db.destroy();
  }

  async function hide(): Promise<void> {
    if (secret) {
      const { speaker, isAlike, state, messages, isErased } = secret;
      const submission = isAlike ? alike(speaker) : talk('The hidden talk', speaker);
      const conflicts = [{ by: 'Dora', at }];
      const record = aRecord(0x50, { createdAt: at, ...state }, submission);
      await store.records.keep(
        record,
        messages.map(({ release }) => aMessageToTheSpeaker(theTalk, release)),
        aWriter,
      );
      // Dora has stepped back from what it goes on as.
      await store.records.keep(aRecord(0x51, { createdAt: at, original: theTalk, conflicts }, submission), [], aWriter);
      for (const { release, state } of messages) {
        const id = messageIdOf(theTalk, release, 'email');
        if (state === 'pending') continue;
        await store.messages.claim(id, 'one');
        await store.messages.settle(id, 1, state, null);
      }
      if (isErased) await request('Otto', { path: `/submissions/${theTalk}`, method: 'DELETE' });
    }
  }

  /** All that a person can get out of it, byte by byte; what is done is done in the end, and what is seen of it is in it. */
  async function allOf(person: string, { withTheTalk }: { withTheTalk: boolean }): Promise<string[]> {
    const seen: string[] = [];
    /** @param name in place of the question, where that is another one in each world */
    const ask = async (asked: Asked, headers = {}, name: unknown = asked) => {
      const answer = await request(person, asked, headers);
      const text = await answer.clone().text();
      const { 'x-request-id': _, ...fields } = Object.fromEntries(answer.headers);
      seen.push(JSON.stringify([name, answer.status, fields, text]));
      return { fields, text };
    };
    const follow = async (asked: Asked): Promise<void> => {
      const { fields, text } = await ask(asked);
      const next = nextOf(asked.path, text);
      // Only what can be gone on from: a feed that has been read says where it will go on, once.
      if (next !== undefined) await follow({ path: next });
      if (fields.etag !== undefined) await ask(asked, { 'If-None-Match': fields.etag });
    };

    const named = withTheTalk ? [theTalk, ...seenByAll] : seenByAll;
    for (const asked of Object.values(questions).flatMap((ofRoute) => ofRoute(named))) await follow(asked);
    for (let place: string | undefined = beginnings.get(person); place; ) {
      const { fields, text } = await ask({ path: place });
      place = text === '{}' || text.includes('problem') ? undefined : fields.location;
    }
    // Cursors of others, and of other lists, are none.
    const foreign = [...(await cursorsOf('Otto')), ...(await cursorsOf(person)), { list: '', cursor: 'x'.repeat(64) }];
    for (const list of lists)
      for (const { list: from, cursor } of foreign.filter((one) => one.list !== list))
        await ask({ path: `${list}&${parameterOf(list)}=${cursor}` }, {}, `${list} with a cursor of ${from}`);
    // And once more, now that all is done.
    for (const path of ['/submissions', '/submissions?format=csv', '/changes', '/audit', '/messages', '/closings'])
      await follow({ path });
    return seen;

    async function cursorsOf(whose: string) {
      const cursors: { list: string; cursor: string }[] = [];
      for (const list of lists) {
        const next = nextOf(list, await (await request(whose, { path: list })).text());
        const cursor = next && new URL(next, organiser).searchParams.get(parameterOf(list));
        if (cursor) cursors.push({ list, cursor });
      }
      return cursors;
    }
  }

  return {
    routes: new Set(routes.filter((route) => route.includes('/api/organiser'))),
    allOf,
    reached,
    store,
    request,
    close: async () => {
      await store.close();
      await database.remove();
    },
  };
}

function aMessageToTheSpeaker(id: SubmissionId, release: SpeakerRelease) {
  const fields = {
    ...{
      to: 'somebody@example.org',
      release: { name: release, number: 1, revision: 1, at },
      title: 'A talk',
      feedback: [],
    },
    ...{ brokenRules: [], template: 'accepted' as const },
    ...{ call: { name: 'Test Conf', contact: 'programme@example.org' }, speaker: { name: 'Somebody' } },
  };
  return {
    ...{ id: messageIdOf(id, release, 'email'), release, channel: 'email' as const },
    content: { kind: 'speaker' as const, fields },
  };
}

const parameterOf = (list: string) =>
  list.startsWith('/submissions') ? 'cursor' : list.startsWith('/changes') ? 'since' : 'after';

/** Where a list goes on, if it does. */
function nextOf(path: string, text: string): string | undefined {
  const list = path.replace(organiser, '');
  const isPage = /^\/(submissions\?|changes|audit|messages)/.test(list) && !list.includes('format=');
  if (!isPage || !text.startsWith('{')) return undefined;
  const { next, hasMore } = JSON.parse(text);
  if (typeof next !== 'string' || hasMore === false) return undefined;
  if (next.startsWith(publicUrl)) return next;
  const url = new URL(`${organiser}${list}`);
  url.searchParams.set(parameterOf(list), next);
  return url.href;
}
