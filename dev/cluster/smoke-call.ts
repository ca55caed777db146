import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';

const example = new URL('../../examples/call.yaml', import.meta.url);

/** The example's call, in which nothing but the organisers decides and announces. */
export async function writeSmokeCall(file: string): Promise<void> {
  const call: unknown = parse(await readFile(example, 'utf8'));
  const stages = partOf(call, 'stages');
  const at = (stage: string, policy: object) => ({ [stage]: { ...partOf(stages, stage), policy } });
  const changed = {
    ...partOf({ call }, 'call'),
    announcement: 'by-organisers',
    stages: {
      ...at('moderation', { kind: 'automatic' }),
      ...at('shortlisting', { kind: 'automatic' }),
      ...at('selection', { kind: 'panel', quorum: 1, deadline: '14d', whenDue: 'escalate' }),
    },
  };
  await writeFile(file, stringify(changed));
}

function partOf(value: unknown, name: string): object {
  const part = Object.entries(Object(value)).find(([key]) => key === name)?.[1];
  return Object(part);
}
