import type { Finding, Table } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { compare, type Side } from '../measure/rounds.ts';
import { idOf } from '../sides/seed.ts';
import { onEachDatabase } from '../sides/seeded-records.ts';

const records = 20_000;

export const ended: Part = {
  name: 'ended',
  title: 'Statuses of ended submissions',

  async run(context) {
    const tables: Table[] = [];
    const findings: Finding[] = [];
    await onEachDatabase(context, records, async ({ database, gateway, startBareRoute }) => {
      const bare = await startBareRoute(await gateway.http.get(`/api/submissions/${idOf(0)}`));
      for (const count of [1, 300, records]) {
        const side = (name: string, { pid, http }: typeof bare, path: string): Side => ({
          name,
          processes: { [name === 'ours' ? 'gateway' : 'route']: [pid] },
          act: (at) => http.get(`${path}/${idOf(at % count)}`),
        });
        const sides = [
          side('ours', gateway, '/api/submissions'),
          side('bare route, the body only', bare, '/body-only'),
          side('bare route, the same bytes', bare, '/api/submissions'),
        ];
        const figures = await compare(sides, { calls: 20_000 });
        tables.push({ title: `Statuses of ${count} ended submissions, ${database}`, figures });
        findings.push({
          what: `statuses/s of ${count} ended against the bare route, ${database}`,
          value: figures[0]?.ratio ?? 0,
          unit: '×',
          goal: { at: 'least', value: 0.75 },
        });
      }
    });
    return { tables, findings };
  },
};
