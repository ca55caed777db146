import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../process/create-log.ts';

function aLog() {
  const lines: string[] = [];
  return { log: createLog('worker', { write: (line) => lines.push(line) }), lines };
}

const parsed = (line = '') => JSON.parse(line);

const broken = () => new Error('no record', { cause: new TypeError('no answer', { cause: 'ECONNRESET' }) });

const expected = {
  ...{ type: 'Error', message: 'no record', stack: expect.stringContaining('create-log.test.ts') },
  cause: { type: 'TypeError', message: 'no answer', stack: expect.any(String), cause: 'ECONNRESET' },
};

describe('a line in the log', () => {
  test.each([
    ['err', { err: broken() }, { err: expected }],
    ['error', { error: broken(), id: 'x' }, { error: expected, id: 'x' }],
    ['a key inside another', { activity: { failure: broken() } }, { activity: { failure: expected } }],
    ['a list', { failures: [broken()] }, { failures: [expected] }],
  ])('keeps message, stack and causes of an error under %s', (_, entry, legible) => {
    const { log, lines } = aLog();

    log.warn(entry, 'a message could not be written');

    expect(parsed(lines[0])).toMatchObject({ name: 'worker', msg: 'a message could not be written', ...legible });
  });

  test('that is an error has it under err', () => {
    const { log, lines } = aLog();

    log.error(broken());

    expect(parsed(lines[0])).toMatchObject({ err: expected, msg: 'no record' });
  });

  test('of an activity, by the logger of the SDK, keeps its causes', () => {
    const { log, lines } = aLog();
    const logger = new DefaultLogger('INFO', ({ message, meta }) => log.warn(meta ?? {}, message));

    logger.warn('a submission could not be reconciled', { id: 'x', error: broken() });

    expect(parsed(lines[0])).toMatchObject({ id: 'x', error: expected });
  });

  test('names each of several errors that came together', () => {
    const { log, lines } = aLog();

    log.error({ error: new AggregateError([broken(), broken()], 'all failed') }, 'down');

    expect(parsed(lines[0])).toMatchObject({ error: { message: 'all failed', errors: [expected, expected] } });
  });

  test('has nothing of what a driver puts beside the message: it may be personal data', () => {
    const { log, lines } = aLog();
    const refused = Object.assign(new Error('duplicate key'), {
      ...{ code: '23505', detail: 'Key (speaker)=(ada@example.org) already exists.', parameters: ['ada@example.org'] },
    });

    log.error({ error: new Error('not kept', { cause: refused }) }, 'down');

    expect(parsed(lines[0])).toMatchObject({ error: { cause: { message: 'duplicate key', code: '23505' } } });
    expect(lines[0]).not.toContain('ada@example.org');
  });

  test('ends, however an error is its own cause', () => {
    const { log, lines } = aLog();
    const circle = new Error('in a circle');
    circle.cause = circle;

    log.error({ error: circle }, 'down');

    expect(parsed(lines[0])).toMatchObject({ error: { message: 'in a circle', cause: { message: 'in a circle' } } });
  });
});
