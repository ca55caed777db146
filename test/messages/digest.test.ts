import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageIdOf } from '../../contract/mail/message-id.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { digestText, organiserText } from '../../messages/organiser-text.ts';
import { anId } from '../support/fixtures.ts';

const digest = {
  day: '2026-11-01',
  undelivered: { count: 3, submissions: [anId(1), anId(2)] },
  overdue: { count: 1, submissions: [anId(3)] },
};

let outbox = '';
beforeAll(async () => {
  outbox = await mkdtemp(join(tmpdir(), 'call-for-speakers-digest-'));
});
afterAll(() => rm(outbox, { recursive: true }));

test('what waits is one line for people', () => {
  expect(digestText(digest)).toBe(
    `Waiting for you: 3 messages not delivered (submissions ${anId(1)}, ${anId(2)}); 1 submission in need of your decision (submission ${anId(3)})`,
  );
  expect(digestText({ ...digest, undelivered: { count: 0, submissions: [] } })).toBe(
    `Waiting for you: 1 submission in need of your decision (submission ${anId(3)})`,
  );
  const codes = { [anId(3)]: 'BCDF-GHJK' };
  expect(digestText({ ...digest, codes })).toContain(`your decision (submission BCDF-GHJK, ${anId(3)})`);
});

test('a notice names its submission by its code, beside its id', () => {
  const release = { name: 'withdrawn' as const, number: 1, at: '2026-11-01T12:00:00.000Z', revision: 1 };
  const notice = { release, submission: anId(1), title: 'A talk', call: 'Conf' };

  const texts = [notice, { ...notice, code: 'BCDF-GHJK' as const }].map(organiserText);

  const sentence = 'Conf: “A talk” was withdrawn by its speaker';
  expect(texts).toEqual([`${sentence} (submission ${anId(1)})`, `${sentence} (submission BCDF-GHJK, ${anId(1)})`]);
});

test('what waits is an event for the systems of the organisers, with counts and ids alone', async () => {
  const { prepare } = createMessageSender({ outbox, linkOf: () => 'unused' });
  const id = messageIdOf('digest', '2026-11-01', 'outbox');

  const send = await prepare({
    id,
    submission_id: null,
    channel: 'outbox',
    isProved: true,
    content: { kind: 'digest', fields: digest },
  });

  expect((await send()).kind).toBe('sent');
  expect(JSON.parse(await readFile(join(outbox, `${id}.json`), 'utf8'))).toEqual({
    type: 'organisers.waiting',
    timestamp: '2026-11-01T00:00:00.000Z',
    data: { undelivered: digest.undelivered, overdue: digest.overdue },
  });
});
