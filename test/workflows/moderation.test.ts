import { describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { rulesOf } from '../../contract/call/call.ts';
import type { CallRules, StageRules } from '../../contract/call/rules.ts';
import { workOf } from '../../contract/record.ts';
import { closeUpdate, rescheduleUpdate } from '../../contract/workflow/commands.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { aCall } from '../support/fixtures.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, decide, stateOf, usePeople, withdraw } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, start, sentAbout } = usePeople(server);

type Checks = StageRules['moderation']['checks'];

/** The rules of the tests, changed so that they reject. */
function rulesWith(checks: Partial<Checks> = {}, change: Partial<CallRules> = {}): CallRules {
  const rules = rulesOf(aCall());
  const stages = rules.stages.map((one) =>
    one.stage === 'moderation' ? { ...one, checks: { ...one.checks, ...checks } } : one,
  );
  return { ...rules, stages, ...change };
}

const tooShort = { title: 'You are all idiots', description: 'https://one.example https://two.example' };

/** The mails about a submission, from its start to its end. */
async function mailAbout(rules: CallRules, change: Record<string, unknown>) {
  const smtp = await startSmtp();
  const sender = createMessageSender({
    smtpUrl: smtp.url,
    outbox: server.outbox,
    linkOf: (id) => `https://cfs.example.org/${id}#token`,
  });
  const activities = createActivities({ store: server.store, workflows: createWorkflows(server.env.client), sender });
  await withPeople(
    async () => {
      await (await start(rules, change)).result();
      await server.env.sleep('1 hour');
    },
    { activities },
  );
  await smtp.close();
  return smtp.received.map(({ subject, text, html }) => ({ subject, text, html: String(html) }));
}

describe('the speaker of a submission rejected by a rule of the call', () => {
  test('is told which rule, with its numbers, and nothing about words', async () => {
    const [mail, ...others] = await mailAbout(rulesWith(), tooShort);

    expect(others).toEqual([]);
    expect(mail?.text).toContain(`
- The description has 4 words; the call asks for at least 5.
- Title, description and biography have 2 links; the call allows at most 1.
`);
    expect(mail?.html).toContain('<li>The description has 4 words; the call asks for at least 5.</li>');
    expect(mail?.text).not.toMatch(/more\s+good proposals|insult|offend/);
  });

  test("is told by the call's template for such rejections, and not by its template for others", async () => {
    const other = { text: 'Subject: no\n\nThere were more good proposals.\n', html: '<p>no</p>' };
    const own = {
      text: 'Subject: Zu kurz\n\n{{#rejectedFor.length}}Bitte 5 Wörter.{{/rejectedFor.length}}{{#rejectedFor.language}}Bitte auf Englisch.{{/rejectedFor.language}}\n',
      html: '<p>{{#reasons}}{{.}}{{/reasons}}</p>',
    };
    const rules = rulesWith();

    const [withBoth] = await mailAbout({ ...rules, texts: { rejected: other, 'rejected-by-rule': own } }, tooShort);
    const [withOther] = await mailAbout({ ...rules, texts: { rejected: other } }, tooShort);

    expect([withBoth?.subject, withBoth?.text]).toEqual(['Zu kurz', 'Bitte 5 Wörter.\n']);
    expect(withOther?.text).toContain('The description has 4 words; the call asks for at least 5.');
  });

  test('sees the status of any other rejection', async () => {
    const status = await withPeople(async () => {
      const handle = await start(rulesWith(), tooShort);
      await handle.result();
      return handle.query(publicStatusQuery);
    });

    expect(status).toEqual({
      id: expect.any(String),
      status: 'Succeeded',
      stage: 'moderation',
      createdAt: expect.any(String),
      lastUpdatedAt: expect.any(String),
      progress: { completed: 1, total: 3 },
      result: { outcome: 'rejected' },
    });
  });

  test('H19: sees nothing and gets no mail before the announcement', async () => {
    const rules = rulesWith({}, { disclosure: 'until-announced', announcement: 'by-organisers' });

    const [status, before, after] = await withPeople(async () => {
      const handle = await start(rules, tooShort);
      await server.env.sleep('1 day');
      const status = await handle.query(publicStatusQuery);
      const before = await sentAbout(handle);
      await announce(handle);
      await handle.result();
      await server.env.sleep('1 hour');
      return [status, before, await sentAbout(handle)];
    });

    expect(status).toMatchObject({ status: 'Running', stage: 'under-review', progress: { completed: 0, total: 3 } });
    expect(before).toEqual([]);
    expect(after).toEqual(['rejected.email']);
  });

  test('is not told the rule once an organiser has decided', async () => {
    const rules = rulesWith({}, { announcement: 'by-organisers' });

    const state = await withPeople(async () => {
      const handle = await start(rules, tooShort);
      await server.env.sleep('1 day');
      const number = (await stateOf(handle)).verdicts[0]?.number ?? 0;
      await decide(handle, 'rejected', {
        stage: 'moderation',
        replaces: number,
        reason: 'We know this one.',
        override: true,
      });
      await announce(handle);
      await handle.result();
      return stateOf(handle);
    });

    expect(state.verdicts).toMatchObject([
      { by: 'Olga', outcome: 'rejected', findings: [{ check: 'length' }, { check: 'links' }, { check: 'words' }] },
    ]);
  });
});

describe('a finding that the call refers to the organisers', () => {
  const insulting = { title: 'Idiots at work' };
  const until = (whenDue: 'pass' | 'escalate', deadline = 3) => ({
    words: { refer: { deadline: { days: deadline, milliseconds: 0 }, whenDue } },
  });
  const withheld = { disclosure: 'until-announced', announcement: 'by-organisers' } as const;

  test('waits for them; without an answer in time it passes', async () => {
    const [waiting, status, result, sent] = await withPeople(async () => {
      const handle = await start(rulesWith(until('pass')), insulting);
      await server.env.sleep('2 days');
      const [waiting, status] = [await stateOf(handle), await handle.query(publicStatusQuery)];
      await server.env.sleep('2 days');
      const result = await handle.result();
      return [waiting, status, result, await sentAbout(handle)];
    });

    const work = workOf(waiting);
    if (work?.kind !== 'referral') throw new Error(`it is ${work?.kind}`);
    expect(work.verdict).toMatchObject({ outcome: 'passed', findings: [{ check: 'words', consequence: 'refer' }] });
    expect((Date.parse(work.due) - Date.parse(work.verdict.decidedAt)) / 86_400_000).toBeCloseTo(3, 3);
    expect(status).toMatchObject({ status: 'Running', stage: 'moderation', progress: { completed: 0, total: 3 } });
    expect(result).toEqual({ outcome: 'accepted' });
    expect(sent).toEqual(['accepted.email', 'referred']);
  });

  test('escalates without an answer in time, and waits until an organiser decides', async () => {
    const [attributes, late, result, verdicts, sent] = await withPeople(async () => {
      const handle = await start(rulesWith(until('escalate')), insulting);
      await server.env.sleep('60 days');
      const late = await stateOf(handle);
      const { searchAttributes } = await handle.describe();
      await decide(handle, 'passed', { stage: 'moderation', reason: 'It quotes somebody.' });
      const result = await handle.result();
      await server.env.sleep('1 hour');
      return [searchAttributes, late, result, (await stateOf(handle)).verdicts, await sentAbout(handle)];
    });

    expect(attributes).toMatchObject({
      SubmissionStage: ['moderation'],
      SubmissionAwaits: ['organisers'],
      SubmissionFlag: ['overdue', 'referral'],
    });
    expect(workOf(late)).toMatchObject({ kind: 'referral', isEscalated: true });
    expect(result).toEqual({ outcome: 'accepted' });
    expect(verdicts[0]).toMatchObject({ by: 'Olga', reason: 'It quotes somebody.', findings: [{ check: 'words' }] });
    expect(sent).toEqual(['accepted.email', 'decision-due', 'referred']);
  });

  test('is decided in the time that an organiser adds', async () => {
    const [before, result] = await withPeople(async () => {
      const handle = await start(rulesWith(until('pass')), insulting);
      await server.env.sleep('1 day');
      const due = new Date((await server.env.currentTimeMs()) + 30 * 86_400_000).toISOString();
      await giveCommand(handle, rescheduleUpdate, { args: [{ by: 'Olga', due }] });
      await server.env.sleep('20 days');
      const before = await stateOf(handle);
      await decide(handle, 'rejected', { stage: 'moderation' });
      return [before, await handle.result()];
    });

    expect(workOf(before)).toMatchObject({ kind: 'referral' });
    expect(result).toEqual({ outcome: 'rejected' });
  });

  test('H19: a poller of a call that withholds decisions is told the same whether or not something was found', async () => {
    const rules = rulesWith(until('escalate'), withheld);

    const seen = await withPeople(async () => {
      const handles = [await start(rules, insulting), await start(rules)];
      const seen: string[][] = [];
      for (const time of ['1 hour', '2 days', '3 days'] as const) {
        await server.env.sleep(time);
        const at = await server.env.currentTimeMs();
        const statuses = handles.map(async (handle) => {
          const { id: _, createdAt, lastUpdatedAt, ...status } = await handle.query(publicStatusQuery);
          const isOld = at - Date.parse(lastUpdatedAt) >= at - Date.parse(createdAt) - 60_000;
          return JSON.stringify({ ...status, isOld });
        });
        seen.push(await Promise.all(statuses));
      }
      return seen;
    });

    const told = { status: 'Running', stage: 'under-review', progress: { completed: 0, total: 3 }, isOld: true };
    expect(new Set(seen.flat())).toEqual(new Set([JSON.stringify(told)]));
  });

  test('can be withdrawn by its speaker', async () => {
    const [result, sent] = await withPeople(async () => {
      const handle = await start(rulesWith(until('escalate')), insulting);
      await server.env.sleep('1 day');
      await withdraw(handle);
      const result = await handle.result();
      await server.env.sleep('1 hour');
      return [result, await sentAbout(handle)];
    });

    expect(result).toEqual({ outcome: 'withdrawn' });
    expect(sent).toEqual(['referred', 'withdrawn']);
  });

  test.each([
    ['automatic', 'accepted'],
    ['reject', 'rejected'],
  ] as const)('of a call that is closed ends by its rule: %s', async (whenClosed, outcome) => {
    const result = await withPeople(async () => {
      const handle = await start(rulesWith(until('escalate'), { whenClosed }), insulting);
      await server.env.sleep('1 day');
      await giveCommand(handle, closeUpdate, { args: [{ by: 'Olga' }] });
      return handle.result();
    });

    expect(result).toEqual({ outcome });
  });

  test('is not referred if a rule has rejected the submission', async () => {
    const sent = await withPeople(async () => {
      const handle = await start(rulesWith(until('escalate')), tooShort);
      await handle.result();
      await server.env.sleep('1 hour');
      return sentAbout(handle);
    });

    expect(sent).toEqual(['rejected.email']);
  });
});

testThatHistoriesReplay(server, 14);
