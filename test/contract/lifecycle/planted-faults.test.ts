import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plantedFaults } from './planted-faults.ts';

const root = new URL('../../../', import.meta.url);

test('each planted fault can be planted, in one place', () => {
  const places = plantedFaults.map(({ what, file, from }) => ({
    what,
    places: readFileSync(new URL(file, root), 'utf8').split(from).length - 1,
  }));

  expect(places.length).toBeGreaterThanOrEqual(20);
  expect(places.filter(({ places }) => places !== 1)).toEqual([]);
});
