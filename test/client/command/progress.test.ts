import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { printable } from '../../../client/command/printable.ts';
import { plainLines, progressBar } from '../../../client/command/progress.ts';
import type { Status } from '../../../client/documents.ts';

const aStatus = (change: Partial<Status> = {}): Status => ({
  id: '1',
  status: 'Running',
  stage: 'shortlisting',
  createdAt: '2026-11-01T12:00:00.000Z',
  lastUpdatedAt: '2026-11-01T12:00:00.000Z',
  progress: { completed: 1, total: 3 },
  ...change,
});

/** What a terminal of 60 columns is sent. */
async function drawn(act: (terminal: WriteStream) => void): Promise<string> {
  const output = new PassThrough();
  const terminal = Object.assign(output, { columns: 60, isTTY: true }) as unknown as WriteStream;
  act(terminal);
  output.end();
  return text(output);
}

test('a bar grows with the verdicts, on one line that is drawn over', async () => {
  const output = await drawn((terminal) => {
    const progress = progressBar(terminal, () => undefined);
    progress.step(aStatus());
    progress.step(
      aStatus({ status: 'Succeeded', progress: { completed: 3, total: 3 }, result: { outcome: 'accepted' } }),
    );
    progress.done();
  });

  const [first, second] = output.split('\u001b[2K\u001b[1G').slice(1);
  expect(first).toBe(`${'█'.repeat(8)}${'░'.repeat(16)} shortlisting (1 of 3 verdicts)`);
  expect(second).toBe(`${'█'.repeat(24)} accepted\n`);
});

test.each([
  [-5, 3],
  [9, 3],
  [1, 0],
  [Number.NaN, 3],
])('a bar of %d in %d is still a bar', async (completed, total) => {
  const output = await drawn((terminal) =>
    progressBar(terminal, () => undefined).step(aStatus({ progress: { completed, total } })),
  );

  expect(output).toMatch(/[█░]{24} /);
});

test.each([
  [aStatus({ status: 'Succeeded', result: { outcome: 'rejected' } }), 'rejected'],
  [aStatus({ status: 'Canceled' }), 'withdrawn'],
  [aStatus({ status: 'Failed', error: { code: 'x', message: 'It broke.' } }), 'failed: It broke.'],
  [aStatus(), 'shortlisting (1 of 3 verdicts)'],
])('in plain lines, without an escape code', (status, line) => {
  const lines: string[] = [];

  plainLines(
    (text) => lines.push(text),
    () => undefined,
  ).step(status);

  expect(lines).toEqual([line]);
});

test('nothing that a server says steers a terminal', () => {
  expect(printable('one\u001b]0;title\u0007\u001b[2J\u009b31m\u202e\ntwo')).toBe('one]0;title[2J31m\ntwo');
});
