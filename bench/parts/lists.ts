import type { Finding } from '../measure/finding.ts';
import { latencies } from '../measure/latencies.ts';
import type { Part } from '../measure/part.ts';
import { quantile } from '../measure/quantile.ts';
import { readExport } from '../measure/read-export.ts';
import { onEachDatabase } from '../sides/seeded-records.ts';

const records = 100_000;

const pages = 400;

const filters = [
  'stage=selection',
  'track=data&verdict=passed',
  'outcome=accepted',
  'flag=similar-text',
  'outcome=none',
];

export const lists: Part = {
  name: 'lists',
  title: `Lists and files of ${records} records`,

  async run(context) {
    const findings: Finding[] = [];
    await onEachDatabase(context, records, async ({ database, gateway, startBareRoute }) => {
      const headers = { Authorization: `Bearer ${gateway.organiserToken}` };
      const list = `${gateway.url}/api/organiser/submissions`;
      const read = async (url: string) => (await fetch(url, { headers })).text();
      const bare = await startBareRoute({ status: 200, head: '', body: '{}' });
      const size = (await read(list)).length;

      let next = list;
      const ours = await latencies(pages, async (at) => {
        // Half of the requests follow `next`, the others have a filter.
        const isDeep = at % 2 === 0;
        const text = await read(isDeep ? next : `${list}?${filters[at % filters.length]}`);
        if (isDeep) next = JSON.parse(text).next ?? list;
      });
      const raw = await latencies(pages, () => read(`${bare.url}/bytes/${size}`));
      for (const share of [0.5, 0.99]) {
        const name = `a page of 50, ${share === 0.5 ? 'median' : '99th percentile'}`;
        findings.push(
          { what: `${name}, ${database}`, value: quantile(ours, share), unit: 'ms' },
          { what: `${name}, a bare route with as many bytes`, value: quantile(raw, share), unit: 'ms' },
        );
      }
      // The peak must not grow with further files.
      for (const [at, format] of ['csv', 'jsonl', 'csv', 'jsonl', 'csv', 'jsonl'].entries()) {
        const { rowsPerSecond, megabytes, peak } = await readExport(`${list}?format=${format}`, headers, gateway.pid);
        const name = `file ${at + 1}, ${format}, ${megabytes.toFixed(0)} MB, ${database}`;
        findings.push(
          { what: name, value: rowsPerSecond, unit: 'rows/s' },
          { what: `${name}: peak of the gateway`, value: peak, unit: 'MB' },
        );
      }
    });
    return { findings };
  },
};
