/** Pictures of Temporal's Web UI: what the person on duty sees of submissions in several states. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Browser, Page } from 'playwright-core';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { findProgram, temporalCli } from '../../dev/programs/programs.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { firstAnswerSchema } from '../support/app.ts';
import { aRequest, callFile, idOf } from '../support/fixtures.ts';
import { runbookViews } from '../support/runbook-views.ts';

type Planted = { waiting: string; late: string };

const panel = { kind: 'panel', quorum: 2, deadline: '14d', reminders: ['7d', '1d'], whenDue: 'escalate' };

/** The panel of one track has two weeks, that of the other has no time. */
function callWith(deadline: string, reminders: string[]) {
  const { stages } = callFile;
  const automatic = { policy: { kind: 'automatic', after: '0s' } };
  return {
    ...callFile,
    name: 'Long Road Conf',
    announcement: 'by-organisers',
    stages: {
      moderation: { ...stages.moderation, ...automatic },
      shortlisting: { ...stages.shortlisting, ...automatic },
      selection: { ...stages.selection, policy: { ...panel, deadline, reminders } },
    },
  };
}

export async function takeWebUi(browser: Browser, folder: string): Promise<void> {
  const program = await findProgram(temporalCli, readProgramsConfig(environment()), () => undefined);
  const stack = await createTemporaryStack(program, new AbortController().signal);
  try {
    await stack.startTemporal();
    await stack.startCodecServer();
    await stack.startWorker();
    const runbook = { RUNBOOK_URL: 'https://git.example.org/call-for-speakers/docs/runbook' };
    const patient = await stack.startGateway(callWith('14d', ['7d', '1d']), undefined, runbook);
    const hasty = await stack.startGateway(callWith('1s', []), undefined, runbook);
    const waiting = await submitTo(patient.url, 1);
    for (const number of [2, 3]) await submitTo(patient.url, number);
    const late = await submitTo(hasty.url, 4);
    await stack.client.workflow.getHandle(await submitTo(patient.url, 5)).terminate('by an operator');
    await untilFound(stack.client, "SubmissionFlag = 'overdue'", 1);
    await untilFound(stack.client, "SubmissionStage = 'selection' AND ExecutionStatus = 'Running'", 4);
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await takePictures(page, stack.webUi, { waiting, late }, folder);
  } finally {
    await stack.stop();
  }
}

/** @returns the id of its workflow */
async function submitTo(url: string, number: number): Promise<string> {
  const response = await fetch(`${url}/api/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(aRequest({ title: `Talk ${number}` })),
  });
  const { id } = firstAnswerSchema.parse(await response.json());
  return workflowIdOf(idOf(id));
}

async function untilFound(client: Client, query: string, least: number): Promise<void> {
  while ((await client.workflow.count(query)).count < least) await delay(100);
}

async function takePictures(page: Page, webUi: string, planted: Planted, folder: string): Promise<void> {
  const take = async (name: string) => {
    await page.screenshot({ path: join(folder, `web-ui-${name}.png`), fullPage: true });
    process.stdout.write(`web-ui-${name}\n`);
  };
  // Each page is ready by what it shows: it asks for ever, and is never idle.
  const workflows = `${webUi}/namespaces/default/workflows`;
  const lists = runbookViews.map(({ name, url }) => ({ name: `view-${name}`, url: `${webUi}${pathOf(url)}` }));
  for (const { name, url } of [...lists, { name: 'list', url: workflows }]) {
    await page.goto(url);
    await page
      .getByText(/^\d+ Workflows?$/)
      .first()
      .waitFor();
    await take(name.toLowerCase().replaceAll(' ', '-'));
  }
  for (const [name, id] of Object.entries(planted)) {
    await page.goto(`${workflows}/${id}`);
    const metadata = page.getByText('User Metadata');
    await page.getByText('reviews: ').or(page.getByText('work out the dates')).first().waitFor();
    await take(name);
    await metadata.click();
    // The UI shows Markdown in frames.
    await page.locator('iframe').last().contentFrame().getByText('what to do').waitFor();
    await take(`${name}-metadata`);
  }
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
