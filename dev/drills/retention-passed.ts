/** Deletes from Temporal what has ended, as it does itself after the retention. */
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

export const retentionPassed: Drill = {
  about: 'Temporal has deleted a submission that ended',

  run: (options) =>
    playScene(options, { page: 'retention-passed' }, async ({ page, say, talks, stack, until, repair, restart }) => {
      const [ID = ''] = talks.ids;
      say(await talks.toTheirEnds());
      const {
        workflowService,
        options: { namespace },
      } = stack.client;
      const workflowExecution = { workflowId: `submission-${ID}` };
      await stack.client.workflow.getHandle(`submission-${ID}`).result();
      await workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
      const isGone = () =>
        stack.client.workflow
          .getHandle(`submission-${ID}`)
          .describe()
          .then(
            () => false,
            () => true,
          );
      await until(isGone, 'Temporal still has it');
      // With nothing in its memory.
      await restart('gateway');

      await repair(async () => {
        say(`a look: ${await page.run('Look', { ID })}`.trimEnd());
        await page.run('Do', { ID });
        await page.run('Check', { ID });
      });
      say('its outcome, its verdicts and its letters are on record');
    }),
};
