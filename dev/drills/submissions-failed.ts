/** An operator terminates a submission in the Web UI. */
import { deepStrictEqual } from 'node:assert';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

export const submissionsFailed: Drill = {
  about: 'a submission is terminated',

  run: (options) =>
    playScene(options, { page: 'submissions-failed' }, async ({ page, say, talks, stack, watch, until, repair }) => {
      const [ID = ''] = talks.ids;
      await Promise.all(talks.ids.map(talks.prove));
      const { workflow, schedule } = stack.client;
      await workflow.getHandle(`submission-${ID}`).terminate('A drill.');
      // It comes by itself within five minutes.
      await schedule.getHandle('reconcile').trigger();
      await until(async () => (await talks.read(ID)).status === 'Failed', 'it does not read as failed');
      await until(async () => (await talks.countLetters(ID, 'not-processed')) === 1, 'nobody told its speaker');
      say('its speaker reads "Failed", and was told so');
      await watch.untilHolds('SubmissionsFailed');

      let NEW = '';
      await repair(async () => {
        await page.run('Look', { ID });
        const { id }: { id?: string } = Object(JSON.parse(await page.run('Do', { ID })));
        NEW = id ?? '';
        await until(async () => page.run('Check', { NEW }).then(() => true), 'the new one is not there');
      });
      deepStrictEqual(JSON.parse(await page.run('Do', { ID })).id, NEW, 'a second request starts no second one');

      talks.ids.splice(0, 1);
      await talks.goesOnAs(NEW);
      say(`it went on as ${NEW}, and its speaker has one answer`);
      say(await talks.toTheirEnds());
    }),
};
