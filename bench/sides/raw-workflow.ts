import { proxyActivities, proxyLocalActivities, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { outcomeAttribute, stageAttribute } from '../../contract/workflow/search-attributes.ts';
import type { activities, Talk } from './raw-activities.ts';

const { moderate, shortlist, select } = proxyActivities<typeof activities>({ startToCloseTimeout: '10 seconds' });
const local = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '10 seconds' });

/** The baseline: a chain of three activities, as the SDK's own samples write it. */
export async function chain(talk: Talk): Promise<{ outcome: string }> {
  await moderate(talk);
  await shortlist(talk);
  const { outcome } = await select(talk);
  return { outcome };
}

/** The shape of ours, without any work: five local activities, a memo and attributes. It shows what the engine itself costs. */
export async function emptyShape(talk: Talk): Promise<{ outcome: string }> {
  await local.moderate(talk);
  await local.shortlist(talk);
  const { outcome } = await local.select(talk);
  await local.record(talk);
  await local.send(talk);
  upsertMemo({ publicStatus: { status: 'Succeeded', result: { outcome } } });
  upsertSearchAttributes([
    { key: stageAttribute, value: 'selection' },
    { key: outcomeAttribute, value: outcome },
  ]);
  return { outcome };
}
