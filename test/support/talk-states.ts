/** The page of a talk in each of its states, for everybody and for its speaker. */
import type { Page } from 'playwright-core';
import type { Attendance } from '../../contract/state.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';
import { aTalkAt, keyOf, talkId } from './own-talk.ts';
import { aCallForPages } from './page-call.ts';
import { aVerdict, type Described } from './records.ts';

const call = aCallForPages();
const withheld = aCallForPages({ disclosure: 'until-announced' });

const given = {
  title: 'Ten years of cron jobs, and what came after them',
  description: `${'We moved a review process with long waits to durable workflows, and I show what became simpler and what did not. '.repeat(9)}\n\n${'The second half is about the mistakes: timers that nobody cancelled, deadlines in the wrong time zone, and mail that went out twice. '.repeat(6)}`,
  track: 'architecture',
  level: 'intermediate',
  language: 'en',
  links: ['https://example.org/slides/ten-years', 'https://video.example.org/watch?v=cron'],
  notes: 'I can also give it as a workshop.',
  speaker: {
    name: 'Ada Lovelace',
    email: 'ada@example.org',
    bio: 'Writes programs for machines that are not there yet.',
    country: 'GB',
  },
  coSpeakers: [
    { name: 'Jun Watanabe', email: 'jun@example.net' },
    { name: 'سارة الخطيب', email: 'sara@example.net' },
  ],
  consents: { recording: '2026-10' },
};

const harmful = {
  ...given,
  title: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft <b>text</b> 🏳️‍🌈',
  description: 'x'.repeat(5_000),
  notes: `<script>document.title = 'run'</script>\n${Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n')}`,
  speaker: {
    name: '"><svg onload=alert(1)> שלום مرحبا',
    email: `${'a'.repeat(60)}@${'b'.repeat(60)}.example`,
    bio: 'مرحبا بالعالم، هذا نص عربي.',
  },
};

const coSpeakers: Described['coSpeakers'] = [
  { number: 1, name: 'Jun Watanabe', email: 'jun@example.net', answer: 'accepted' },
];

const accepted = (attendance: Attendance): Described => ({
  stage: 'selection',
  conclusion: { kind: 'accepted' },
  attendance,
  coSpeakers,
});
const due = { answer: 'awaited', due: '2027-03-01T11:00:00.000Z' } as const;

type Options = { content?: object; own?: boolean; path?: string; of?: typeof call };

function state(
  name: string,
  described: Described,
  { content = given, own = false, path = '', of = call }: Options = {},
) {
  const submission = submissionSchemaFor(of).parse(content);
  return {
    name: `talk-${name}`,
    gateway: aTalkAt(described, { call: of, submission }).change,
    open: async (page: Page, url: string) => {
      const isRead = own
        ? page.waitForResponse((answer) => answer.request().headers().authorization !== undefined)
        : undefined;
      await page.goto(`${url}/submissions/${talkId}${path}${own ? `#${keyOf()}` : ''}`);
      await isRead;
      await page.waitForLoadState('networkidle');
    },
  };
}

const rejectedAtFirst: Described = {
  stage: 'moderation',
  verdicts: [aVerdict('moderation', { outcome: 'rejected' })],
  conclusion: { kind: 'rejected' },
};
const passed = (...names: Parameters<typeof aVerdict>[0][]) => names.map((name) => aVerdict(name));
const inSelection: Described = {
  stage: 'selection',
  verdicts: passed('moderation', 'shortlisting'),
  panel: { due: '2027-02-01T11:00:00.000Z' },
};
const onWaitlist: Described = {
  stage: 'selection',
  verdicts: [...passed('moderation', 'shortlisting'), aVerdict('selection', { outcome: 'waitlisted' })],
  isOnWaitlist: true,
};

export const talkStates = [
  state('received', { stage: 'received' }),
  state('under-review', inSelection),
  state('withheld', inSelection, { of: withheld }),
  state('waitlisted', onWaitlist),
  state('awaited', accepted(due)),
  state('rejected', rejectedAtFirst),
  state('withdrawn', { ...inSelection, conclusion: { kind: 'withdrawn' } }),
  state('failed', { ...inSelection, conclusion: { kind: 'failed', error: 'processing-failed' } }),
  state('own-unproved', { ...inSelection, proved: undefined }, { own: true }),
  state('own-awaited', accepted(due), { own: true }),
  state('own-confirmed', accepted({ answer: 'confirmed' }), { own: true, path: '?said=confirmed' }),
  state('own-lapsed', accepted({ answer: 'lapsed' }), { own: true, path: '?said=attendance-answered' }),
  state('own-hostile', inSelection, { own: true, content: harmful }),
  state('withdraw', { ...inSelection, coSpeakers }, { own: true, path: '/withdraw' }),
  state('handover', { ...inSelection, coSpeakers }, { own: true, path: '/handover' }),
  state('decline', accepted(due), { own: true, path: '/decline' }),
  state('end-links', inSelection, { own: true, path: '/end-links' }),
  state('edit', inSelection, { own: true, path: '/edit' }),
  state('edit-fixed', accepted(due), { own: true, path: '/edit' }),
  state('edit-hostile', inSelection, { own: true, path: '/edit', content: harmful }),
  state('key', inSelection, { path: '/withdraw' }),
  {
    ...state('wrong-key', inSelection),
    open: async (page: Page, url: string) => {
      await page.goto(`${url}/submissions/${talkId}#1.wrong`);
      await page.getByText('This link does not open the talk').waitFor();
    },
  },
];
