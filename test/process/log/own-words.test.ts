import { ApplicationFailure, ensureApplicationFailure } from '@temporalio/common';
import nodemailer from 'nodemailer';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { startSmtp } from '../../../dev/stand-ins/smtp.ts';
import { createLog } from '../../../process/create-log.ts';
import { SetupError } from '../../../process/setup-error.ts';
import { shared } from '../../support/shared.ts';

const planted = 'Ada Lovelace <ada@example.org>';

/** The line of an error: as it is, as the whole entry, and as a cause. */
function linesOf(error: unknown): string[] {
  const lines: string[] = [];
  const log = createLog('worker', { write: (line) => lines.push(line) });
  log.error({ err: error });
  log.error(error);
  log.error({ error: new Error('not done', { cause: error }) }, 'down');
  log.error({ failures: [{ error: new AggregateError([error], 'several') }] }, 'down');
  return lines;
}

async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

async function refused(): Promise<void> {
  const smtp = await startSmtp((recipient) => ({ at: 'rcpt', code: 550, reply: `${recipient}: no ${planted} here` }));
  const transport = nodemailer.createTransport(smtp.url);
  try {
    await transport.sendMail({ from: 'cfs@example.org', to: 'ada@example.org', subject: planted, text: planted });
  } finally {
    transport.close();
    await smtp.close();
  }
}

const fake = `no\n    at ours (/srv/activities/deliver.ts:1:1) ${planted}`;

describe.each([
  ['what is read', () => JSON.parse(planted)],
  ['a URL', () => new URL(planted)],
  ['a time zone', () => new Intl.DateTimeFormat('en', { timeZone: planted })],
  ['a schema', () => z.literal('x', planted).parse(planted)],
  ['the reply of a mail server', refused],
  ['a failure of an activity', () => Promise.reject(ensureApplicationFailure(parseError()))],
  ['a cause that is no error', () => Promise.reject(new Error('not done', { cause: planted }))],
  ['what was thrown and is no error', () => Promise.reject(Object.assign(new SyntaxError(fake), { stack: fake }))],
])('an error with the words of %s', (_, act) => {
  test('leaves them out of each line', async () => {
    const lines = linesOf(await thrownBy(act));

    expect(lines).toHaveLength(4);
    for (const word of ['Ada', 'Lovelace', 'ada@example.org']) expect(lines.join('\n')).not.toContain(word);
  });
});

function parseError(): unknown {
  try {
    return JSON.parse(planted);
  } catch (error) {
    return error;
  }
}

test.each([
  ['of ours', () => Promise.reject(new SetupError('no keys')), 'no keys'],
  ['that the SDK makes for us', () => Promise.reject(ApplicationFailure.nonRetryable('too late')), 'too late'],
  ['of the system', async () => (await import('node:fs/promises')).readFile('/no/such/file'), /^ENOENT.*no.such.file/],
  [
    'of the engine about our code',
    () => Reflect.get(JSON.parse('{}'), 'x').y,
    "Cannot read properties of undefined (reading 'y')",
  ],
])('a message %s is kept', async (_, act, message) => {
  const [line = ''] = linesOf(await thrownBy(act));

  expect(JSON.parse(line).err.message).toMatch(message);
});

describe.skipIf(!inject('hasPostgres'))('an error of PostgreSQL', () => {
  let client: Client;

  beforeAll(async () => {
    client = new Client({ connectionString: await shared('postgres') });
    await client.connect();
  });
  afterAll(() => client.end());

  test('keeps what it says of tables', async () => {
    const [line = ''] = linesOf(await thrownBy(() => client.query('select * from no_such_table')));

    expect(JSON.parse(line).err).toMatchObject({ message: 'relation "no_such_table" does not exist', code: '42P01' });
  });

  test('has the code alone where it quotes a value', async () => {
    const lines = linesOf(await thrownBy(() => client.query('select $1::text::integer', [planted])));

    expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
      code: '22P02',
      message: expect.stringContaining('withheld'),
    });
    expect(lines.join('')).not.toContain('Ada');
  });
});
