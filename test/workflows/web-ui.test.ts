import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createIds } from '../../api/ids.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { anId, anInput, aSubmission, idOf, idSecret, planted } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { accessByName, as, inPanel, jsonOf } from '../support/organisers.ts';
import { aPanelCall, attendance, panelRules } from '../support/people.ts';
import { webUiPage as page, runbookViews as views } from '../support/runbook-views.ts';
import { useDevServer, useDevServerWith, withWorker } from '../support/temporal.ts';
import { announce, decide, overrule } from '../support/use-people.ts';

const server = useDevServer();
/** Where one failure is enough: by default five are, a minute later. */
const failing = useDevServerWith({ 'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': 1 });
const gateways = useGateways(server);
const patience = { timeout: 60_000 };
const { codeOf } = createIds(idSecret);

const ids = { stuck: anId(1), late: anId(2), unreached: anId(3), told: anId(4), ended: anId(5), failing: anId(6) };
const workflowOf = (id: SubmissionId) => server.env.client.workflow.getHandle(workflowIdOf(id));

async function start(id: SubmissionId, change: Partial<SubmissionInput>, { env } = server): Promise<WorkflowHandle> {
  const input = {
    id,
    code: codeOf(id),
    createdAt: new Date().toISOString(),
    runbook: 'https://runbook.example',
    ...change,
  };
  await createSubmissions(env.client).start(anInput(input), deadlineIn(10_000));
  return env.client.workflow.getHandle(workflowIdOf(id));
}

/** By the visibility of Temporal, which lags behind. */
async function found(query: string, { env } = server): Promise<string[]> {
  const workflows: string[] = [];
  for await (const { workflowId } of env.client.workflow.list({ query })) workflows.push(workflowId);
  return workflows.sort();
}

const untilFound = (query: string, workflows: readonly string[], at = server) =>
  vi.waitFor(async () => expect(await found(query, at)).toEqual([...workflows].sort()), patience);

const untilShown = (handle: WorkflowHandle, flag: string) =>
  vi.waitFor(async () => expect((await handle.describe()).searchAttributes.SubmissionFlag).toEqual([flag]), patience);

const detailsOf = async (handle: WorkflowHandle) => {
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return currentDetails;
};

/** Replaced where something is to go wrong: a judge that is defective, a mail server that refuses one, and has no room for another. */
async function withTrouble(run: () => Promise<void>): Promise<void> {
  const { store, env, outbox } = server;
  const codes: Record<string, number> = { 'nobody@example.org': 550, 'later@example.org': 451 };
  const smtp = await startSmtp((to) => {
    const refusal = codes[to];
    return refusal === undefined ? 'take' : { at: 'rcpt', code: refusal };
  });
  const sender = createMessageSender({ smtpUrl: smtp.url, outbox, linkOf: () => 'https://cfs.example.org' });
  const activities = createActivities({
    ...{ store, sender, workflows: createWorkflows(env.client) },
    now: () => env.currentTimeMs(),
  });
  const moderate: typeof activities.moderate = async (proposal, ...rest) => {
    if (proposal.title === 'Stuck') throw ApplicationFailure.nonRetryable('out of order');
    return activities.moderate(proposal, ...rest);
  };
  try {
    await withWorker(server, run, { activities: { ...activities, moderate } });
  } finally {
    await smtp.close();
  }
}

/** What the views are about, each once. */
async function plant(): Promise<void> {
  const { client } = server.env;
  const stuck = await start(ids.stuck, { submission: aSubmission({ title: 'Stuck' }) });
  const late = await start(ids.late, { rules: panelRules({ deadline: '1s', reminders: [] }) });
  const to = (email: string) => aSubmission({ speaker: { name: 'Somebody', email } });
  const rules = panelRules({}, { attendance });
  const unreached = await start(ids.unreached, { rules, submission: to('nobody@example.org') });
  await vi.waitFor(() => decide(unreached, 'passed', overrule), patience);
  await announce(unreached);
  await start(ids.told, { submission: to('later@example.org') });
  await (await start(ids.ended, { rules: panelRules() })).terminate('by the test');
  const operation = { taskQueue: 'nobody-polls', workflowId: 'operation-of-the-test' };
  await (await client.workflow.start('announcement', operation)).terminate('by the test');
  await untilShown(stuck, 'stuck');
  await untilShown(late, 'overdue');
  await untilShown(unreached, 'undelivered');
}

beforeAll(async () => {
  await withTrouble(plant);
});

describe("the runbook's views", () => {
  const expected = {
    Stuck: [workflowIdOf(ids.stuck)],
    Overdue: [workflowIdOf(ids.late)],
    'Waiting for the organisers': [workflowIdOf(ids.stuck), workflowIdOf(ids.late)],
    'Acceptances not delivered': [workflowIdOf(ids.unreached)],
    'Mails that wait': [`messages-${ids.told}`],
    Failed: [workflowIdOf(ids.ended)],
    'Failed operations': ['operation-of-the-test'],
  };

  test('each has a link that opens it, and saves it under its name', () => {
    const links = views.map(({ url }) => [...new URL(url).searchParams]);

    expect(views.map(({ name }) => name)).toEqual(['Failing tasks', ...Object.keys(expected)]);
    expect(links).toEqual(
      views.map(({ name, query }) => [
        ['query', query],
        ['savedQuery', name],
      ]),
    );
  });

  test.each(Object.entries(expected))('%s: finds what it is about, and nothing else', async (name, workflows) => {
    const query = views.find((view) => view.name === name)?.query ?? '';

    await untilFound(query, workflows);
  });

  test('Failing tasks: finds a workflow whose code is defective', async () => {
    const query = views.find(({ name }) => name === 'Failing tasks')?.query ?? '';
    await start(ids.failing, {}, failing);
    // A worker that lacks the workflow fails its tasks.
    const workflowsPath = fileURLToPath(new URL('../../workflows/reconcile.ts', import.meta.url));
    const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });

    await withWorker(failing, () => untilFound(query, [workflowIdOf(ids.failing)], failing), { workflowBundle });
  });
});

describe("the runbook's queries", () => {
  const queries = [...page.matchAll(/^\| `(.+? = .+?|.+? < .+?)` \|/gm)].map(([, query = '']) => query);
  const [byCode = '', byDue = '', byStage = ''] = queries;

  test('find a submission by its code, what is due, and a stage of a call', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    const [late, unreached, told] = [ids.late, ids.unreached, ids.told].map(workflowIdOf);

    const written = [
      byCode.replace('BCDF-GHJK', codeOf(ids.late)),
      byDue.replace(/'2\S+Z'/, `'${soon}'`),
      byStage.replace(/'[A-Z][^']+'/, "'Test Conf'"),
    ];

    expect(written.filter((query) => queries.includes(query))).toEqual([]);
    expect(await Promise.all(written.map((query) => found(query)))).toEqual([[late], [late], [late, unreached, told]]);
  });
});

/** Summaries of all that the timeline shows. */
async function summariesOf(workflowId: string): Promise<{ what: string; summary: unknown }[]> {
  const { client } = server.env;
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const summaries: { what: string; summary: unknown }[] = [];
  for (const event of events ?? []) {
    const { activityTaskScheduledEventAttributes: activity, timerStartedEventAttributes: timer } = event;
    const what = activity?.activityType?.name ?? (timer ? 'timer' : event.markerRecordedEventAttributes?.markerName);
    const payload = event.userMetadata?.summary;
    const decoded = payload && (await decodeFromPayloadsAtIndex(client.options.loadedDataConverter, 0, [payload]));
    if (what) summaries.push({ what, summary: decoded });
  }
  return summaries;
}

describe('a submission in the Web UI', () => {
  test('says what it waits for and until when, who may act, why somebody has to look, and where the runbook is', async () => {
    const [details, shown] = await withWorker(server, async () => {
      const ones = [ids.stuck, ids.late, ids.unreached].map(workflowOf);
      const shown = await Promise.all(ones.map(async (one) => (await one.describe()).searchAttributes));
      return [await Promise.all(ones.map(detailsOf)), shown];
    });

    const [due] = shown[1]?.SubmissionDue ?? [];
    const moderated =
      '- moderation: passed (no-objection)\n- shortlisting: passed, automatic score 5 (on-the-shortlist)';
    const rest = 'what to do: [web-ui.md](https://runbook.example/web-ui.md)';
    expect(due).toBeInstanceOf(Date);
    expect(details.map((text) => text.split('\n\n'))).toEqual([
      ['**in progress**, stage: moderation', 'waits for the organisers; organisers may act', 'flags: stuck', rest],
      [
        '**in progress**, stage: selection',
        `waits for the organisers, due ${due instanceof Date && due.toISOString()}; organisers may act`,
        'flags: overdue',
        moderated,
        rest,
      ],
      [
        '**accepted**, stage: selection',
        'waits for the acceptance to be delivered; organisers may act',
        'flags: undelivered',
        `${moderated}\n- selection: passed (decided)`,
        rest,
      ],
    ]);
    expect(shown).toMatchObject([
      { SubmissionStage: ['moderation'], SubmissionAwaits: ['organisers'] },
      { SubmissionStage: ['selection'], SubmissionAwaits: ['organisers'] },
      { SubmissionStage: ['selection'], SubmissionAwaits: ['attendance'], SubmissionOutcome: ['accepted'] },
    ]);
    expect([shown[0]?.SubmissionDue, shown[2]?.SubmissionDue]).toEqual([undefined, undefined]);
  });

  test('names each activity, local ones too, and each timer, in a line of at most 200 bytes', async () => {
    const { failing: _, ...here } = ids;
    const all = [...Object.values(here).map(workflowIdOf), `messages-${ids.told}`];

    const named = (await Promise.all(all.map(summariesOf))).flat();

    expect(new Set(named.map(({ what }) => what))).toEqual(
      new Set(['core_local_activity', 'moderate', 'deliver', 'timer']),
    );
    for (const { what, summary } of named) {
      expect(summary, what).toMatch(/^[\w',:.; -]+$/);
      expect(Buffer.byteLength(String(summary)), what).toBeLessThanOrEqual(200);
    }
    expect(named).toContainEqual({
      what: 'timer',
      summary: expect.stringMatching(/^reviews: reminder at .*Z, due .*Z$/),
    });
  });

  test('has its code and its call from the start, also for the organisers, and never for those who poll', async () => {
    const app = gateways.aGateway({ call: aPanelCall(), access: accessByName });

    const [submitted, view, listed, seen, polled] = await withWorker(server, async () => {
      const submitted = await inPanel(gateways, app);
      const view = await jsonOf(as(app, 'OLGA', 'GET', submitted.path));
      const listed = await jsonOf(as(app, 'OLGA', 'GET', `/submissions?code=${view.code.toLowerCase()}`));
      const seen = await (await as(app, 'rita', 'GET', submitted.path)).text();
      const polled = await (await gateways.poll(app, submitted.id, () => true)).text();
      return [submitted, view, listed, seen, polled];
    });
    const { searchAttributes } = await submitted.handle.describe();

    const expected = codeOf(idOf(submitted.id));
    expect(view.code).toBe(expected);
    expect(listed.items.map(({ id }: { id: string }) => id)).toEqual([submitted.id]);
    expect([searchAttributes.SubmissionCode, searchAttributes.SubmissionCall]).toEqual([[expected], ['Test Conf']]);
    for (const text of [seen, polled]) expect(text).not.toContain(expected);
    await untilFound(`SubmissionCode = '${expected}'`, [submitted.handle.workflowId]);
  });

  test('has nothing personal in what Temporal does not encrypt', async () => {
    const app = gateways.aGateway({ call: aPanelCall(), access: accessByName });

    const { handle } = await withWorker(server, () => inPanel(gateways, app, { title: 'A planted title' }));
    const description = await handle.describe();
    const open = [
      ...[description.searchAttributes, await description.staticSummary(), await description.staticDetails()],
      ...(await summariesOf(handle.workflowId)),
      await withWorker(server, () => detailsOf(handle)),
    ];

    const text = JSON.stringify(open);
    expect(text).toContain(codeOf(idOf(handle.workflowId.slice('submission-'.length))));
    for (const word of [...Object.values(planted), 'A planted title']) expect(text).not.toContain(word);
  });
});
