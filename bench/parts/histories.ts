import type { WorkflowHandle } from '@temporalio/client';
import { submit, waitForResult } from '../../client/index.ts';
import { panelAtWork } from '../../contract/record.ts';
import { announceUpdate, attendanceUpdate, decideUpdate, reviewUpdate } from '../../contract/workflow/commands.ts';
import { recordQuery } from '../../contract/workflow/queries.ts';
import type { Finding } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { createBenchStack } from '../sides/bench-stack.ts';

const reviewers = 50;

export const histories: Part = {
  name: 'histories',
  title: 'What the history of a submission costs',

  async run({ program, stopping }) {
    const stack = await createBenchStack(program, stopping);
    try {
      await stack.startTemporal();
      await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const { client } = stack;
      const talk = JSON.parse(stack.talk);
      const submitTo = async (call: object) => (await submit((await stack.startGateway(call)).url, talk)).location;
      const handleOf = (location: string) => client.workflow.getHandle(`submission-${location.split('/').at(-1)}`);
      const findings: Finding[] = [];

      const automatic = handleOf(await submitTo(stack.callWith('0s')));
      await automatic.result();
      await measure('judged automatically, with its mail', automatic);

      const location = await submitTo(stack.callWith('0s', { attendance: { deadline: '14d' } }));
      await waitForResult(location);
      const attended = handleOf(location);
      await attended.executeUpdate(attendanceUpdate, { args: [{ answer: 'confirmed' }] });
      await attended.result();
      await measure('its whole life, confirmed', attended);

      const panel = { kind: 'panel', quorum: 1, deadline: '14d', whenDue: 'escalate' };
      const reviewed = handleOf(await submitTo(stack.callWith('0s', {}, panel)));
      while (panelAtWork((await reviewed.query(recordQuery)).state) === undefined);
      for (let at = 1; at <= reviewers; at += 1)
        await reviewed.executeUpdate(reviewUpdate, {
          args: [{ by: `Reviewer ${at}`, abstains: true, note: 'A note.' }],
        });
      const decision = {
        by: 'Olga',
        stage: 'selection',
        outcome: 'passed',
        override: true,
        reason: 'A bench.',
      } as const;
      await reviewed.executeUpdate(decideUpdate, { args: [decision] });
      await reviewed.executeUpdate(announceUpdate, { args: [{ by: 'Olga' }] }).catch(() => false);
      await reviewed.result();
      await measure(`a panel with ${reviewers} reviews`, reviewed);
      return { findings };

      async function measure(what: string, { workflowId }: WorkflowHandle): Promise<void> {
        const { historyLength, historySize = 0 } = await client.workflow.getHandle(workflowId).describe();
        findings.push({ what, value: historyLength, unit: 'events' }, { what, value: historySize, unit: 'bytes' });
      }
    } finally {
      await stack.stop();
    }
  },
};
