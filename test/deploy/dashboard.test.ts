import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { panelQueries } from '../../dev/dashboard/panel-queries.ts';

test('the dashboard asks for metrics that there are, and for all that docs/telemetry.md has', async () => {
  const text = readFileSync(new URL('../../docs/telemetry.md', import.meta.url), 'utf8');
  const listed = [...text.matchAll(/^\| `(cfs_\w+)` \|/gm)].map(([, name = '']) => name);

  const queries = await panelQueries('1m');
  const asked = queries.flatMap(({ query }) => query.match(/\bcfs_\w+/g) ?? []);

  expect([...new Set(asked.map((name) => name.replace(/_(bucket|count|sum)$/, '')))].sort()).toEqual(listed.sort());
});
