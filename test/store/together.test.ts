import { expect, test } from 'vitest';
import { together } from '../../store/together.ts';

test('fails with the first failure, and not before all that was begun has ended', async () => {
  const ended: string[] = [];
  const slow = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    ended.push('slow');
  };

  const both = together([Promise.reject(new Error('refused')), slow()]);

  await expect(both).rejects.toThrow('refused');
  expect(ended).toEqual(['slow']);
});
