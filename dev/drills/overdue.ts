/** The panel is late. */
import { theCall } from '../histories/material.ts';
import type { Drill } from './drill-type.ts';
import { panel } from './open-everywhere.ts';
import { playScene } from './scene.ts';
import { reason } from './talks.ts';

const { selection } = panel.stages;
const late = { ...panel.stages, selection: { ...selection, policy: { ...selection.policy, deadline: '3s' } } };

export const overdue: Drill = {
  about: 'the date of a panel has passed',

  run: (options) =>
    playScene(
      options,
      { page: 'submissions-overdue', call: { ...theCall, ...panel, stages: late } },
      async ({ page, say, talks, until, repair }) => {
        const look = () => page.run('Look');
        await until(async () => (await look()).includes(`submission-${talks.ids[1]}`), 'nothing is overdue');
        // Its alert counts what has been due for five minutes, which is longer than a drill waits.

        await repair(async () => {
          say(`overdue:\n${await look()}`.trimEnd());
          for (const ID of talks.ids) await page.run('Do', { ID, OUTCOME: 'passed', REASON: reason });
          await until(async () => !(await page.run('Check')).includes('submission-'), 'some are still overdue');
        });
        say(await talks.toTheirEnds());
      },
    ),
};
