import type { Client, WorkflowHandle } from '@temporalio/client';
import { submit, waitForResult } from '../client/index.ts';
import { panelAtWork } from '../contract/record.ts';
import { announceUpdate, attendanceUpdate, decideUpdate, reviewUpdate } from '../contract/workflow/commands.ts';
import { recordQuery } from '../contract/workflow/queries.ts';
import { print } from './report.ts';

type Urls = { automatic: string; attended: string; reviewed: string };

const reviewers = 50;

/** Prints what the histories of a submission cost, with the workflows beside its own. */
export async function benchHistories(client: Client, urls: Urls, talk: Parameters<typeof submit>[1]): Promise<void> {
  print(`\n${''.padEnd(38)}${['events', 'bytes', 'beside it'].map((head) => head.padStart(12)).join('')}`);
  const handleOf = (location: string) => client.workflow.getHandle(`submission-${location.split('/').at(-1)}`);

  const automatic = await submit(urls.automatic, talk);
  await handleOf(automatic.location).result();
  await printHistory('judged automatically, with its mail', client, handleOf(automatic.location));

  const attended = await submit(urls.attended, talk);
  await waitForResult(attended.location);
  await handleOf(attended.location).executeUpdate(attendanceUpdate, { args: [{ answer: 'confirmed' }] });
  await handleOf(attended.location).result();
  await printHistory('its whole life, confirmed', client, handleOf(attended.location));

  const reviewed = handleOf((await submit(urls.reviewed, talk)).location);
  while (panelAtWork((await reviewed.query(recordQuery)).state) === undefined);
  for (let at = 1; at <= reviewers; at += 1)
    await reviewed.executeUpdate(reviewUpdate, { args: [{ by: `Reviewer ${at}`, abstains: true, note: 'A note.' }] });
  const decision = { by: 'Olga', stage: 'selection', outcome: 'passed', override: true, reason: 'A bench.' } as const;
  await reviewed.executeUpdate(decideUpdate, { args: [decision] });
  await reviewed.executeUpdate(announceUpdate, { args: [{ by: 'Olga' }] }).catch(() => false);
  await reviewed.result();
  await printHistory(`a panel with ${reviewers} reviews`, client, reviewed);
}

async function printHistory(name: string, client: Client, { workflowId }: WorkflowHandle): Promise<void> {
  const { historyLength, historySize = 0 } = await client.workflow.getHandle(workflowId).describe();
  const id = workflowId.slice('submission-'.length);
  let beside = 0;
  for await (const other of client.workflow.list({ query: `WorkflowId STARTS_WITH 'messages-${id}'` }))
    beside += (await client.workflow.getHandle(other.workflowId).describe()).historyLength;
  print(`${name.padEnd(38)}${[historyLength, historySize, beside].map((cell) => String(cell).padStart(12)).join('')}`);
}
