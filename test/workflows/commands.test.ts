import { expect, test } from 'vitest';
import { assertNotTooMany, withCommand } from '../../workflows/commands.ts';

test('a submission takes 500 commands, and then no more', () => {
  let commands = withCommand({}, { by: 'Rita', command: 'review' });
  while (commands.length < 499) commands = withCommand({ commands }, { by: 'Rita', command: 'review' });

  expect(() => assertNotTooMany({ commands })).not.toThrow();
  expect(() => assertNotTooMany({ commands: withCommand({ commands }, { by: 'Rita', command: 'review' }) })).toThrow(
    '500',
  );
});
