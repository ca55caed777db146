import { expect, test } from 'vitest';
import { assertNotTooMany, noted } from '../../workflows/commands.ts';

test('a submission takes 500 commands, and then no more', () => {
  let commands = noted({}, { by: 'Rita', what: 'review' });
  while (commands.length < 499) commands = noted({ commands }, { by: 'Rita', what: 'review' });

  expect(() => assertNotTooMany({ commands })).not.toThrow();
  expect(() => assertNotTooMany({ commands: noted({ commands }, { by: 'Rita', what: 'review' }) })).toThrow('500');
});
