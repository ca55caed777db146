import { expect, test } from 'vitest';
import { assertNotTooMany, noted } from '../../workflows/commands.ts';

test('a submission takes 500 commands, and then no more', () => {
  let commands = noted({}, { by: 'Rita', command: 'review' });
  while (commands.length < 499) commands = noted({ commands }, { by: 'Rita', command: 'review' });

  expect(() => assertNotTooMany({ commands })).not.toThrow();
  expect(() => assertNotTooMany({ commands: noted({ commands }, { by: 'Rita', command: 'review' }) })).toThrow('500');
});
