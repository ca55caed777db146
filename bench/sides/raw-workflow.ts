/** The baseline: a chain of three activities, as the SDK's own samples write it. */
import { proxyActivities } from '@temporalio/workflow';
import type { activities, Talk } from './raw-activities.ts';

const { moderate, shortlist, select } = proxyActivities<typeof activities>({ startToCloseTimeout: '10 seconds' });

export async function chain(talk: Talk): Promise<{ outcome: string }> {
  await moderate(talk);
  await shortlist(talk);
  const { outcome } = await select(talk);
  return { outcome };
}
