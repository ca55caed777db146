import { expect, test } from 'vitest';
import { assertNotTooMany, withCommand } from '../../workflows/commands.ts';

test('a submission accepts at most 500 commands', () => {
  let commands = withCommand({}, { by: 'Rita', command: 'review' });
  while (commands.length < 499) commands = withCommand({ commands }, { by: 'Rita', command: 'review' });

  expect(() => assertNotTooMany({ commands })).not.toThrow();
  expect(() => assertNotTooMany({ commands: withCommand({ commands }, { by: 'Rita', command: 'review' }) })).toThrow(
    '500',
  );
});
