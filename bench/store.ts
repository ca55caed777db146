import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { loadCall } from '../api/call-file.ts';
import { submissionSchemaFor } from '../contract/submission.ts';
import { createTemporaryStack } from '../dev/temporary-stack.ts';
import { compare } from './compare.ts';
import { readExport } from './export.ts';
import { latencies, quantile } from './latencies.ts';
import { get } from './measure/http-client.ts';
import { print, row } from './report.ts';
import { idOf, seed } from './seed.ts';

const records = 100_000;

const pages = 400;

const examples = new URL('../examples/', import.meta.url);

/** Measures lists, exports and statuses of ended submissions, without Temporal or a worker. */
export async function benchStore(name: string, database: string, stopping: AbortSignal): Promise<void> {
  const file = fileURLToPath(new URL('call.yaml', examples));
  const call = await loadCall(file);
  const written = parse(await readFile(file, 'utf8'));
  const talk = JSON.parse(await readFile(new URL('talk.json', examples), 'utf8'));
  const stack = await createTemporaryStack('', stopping, database);
  try {
    await seed(stack.database, records, submissionSchemaFor(call).parse(talk), call);
    const gateway = await stack.startGateway(written);
    const bare = await stack.startGateway(written, new URL('./sides/bare-route.ts', import.meta.url));
    const headers = { Authorization: `Bearer ${gateway.organiserToken}` };
    const list = `${gateway.url}/api/organiser/submissions`;
    print(`\n${name}, ${records} records`);

    const read = async (url: string) => (await fetch(url, { headers })).text();
    let next = list;
    const ours = await latencies(pages, async (at) => {
      // Half of the requests follow `next`, the others have a filter.
      const isDeep = at % 2 === 0;
      const text = await read(isDeep ? next : `${list}?${filters[at % filters.length]}`);
      if (isDeep) next = JSON.parse(text).next ?? list;
    });
    const size = (await read(list)).length;
    const raw = await latencies(pages, () => read(`${bare.url}/bytes/${size}`));
    const [p50, p99, bareP99] = [quantile(ours, 0.5), quantile(ours, 0.99), quantile(raw, 0.99)];
    print(`list of 50: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; bare route p99 ${bareP99.toFixed(1)} ms`);

    // The peak must not grow with further exports.
    for (const format of ['csv', 'jsonl', 'csv', 'jsonl', 'csv', 'jsonl']) {
      const { rows, rowsPerSecond, megabytes, peak } = await readExport(
        `${list}?format=${format}`,
        headers,
        gateway.pid,
      );
      const file = `${format}: ${rows} lines, ${megabytes.toFixed(0)} MB`;
      print(`${file}, ${rowsPerSecond.toFixed(0)} lines/s; peak of the gateway ${peak.toFixed(0)} MB`);
    }

    print(`${''.padEnd(28)}    ours/s    bare/s     ratio`);
    for (const count of [1, 300, 20_000]) {
      const of = (base: string) => (at: number) => get(`${base}/api/submissions/${idOf(at % count)}`);
      const calls = Math.max(5_000, count / 4);
      const result = await compare({ call: of(gateway.url), calls }, { call: of(bare.url), calls });
      row(`status of ${count} ended`, result);
    }
  } finally {
    await stack.stop();
  }
}

const filters = [
  'stage=selection',
  'track=data&verdict=passed',
  'outcome=accepted',
  'flag=similar-text',
  'outcome=none',
];
