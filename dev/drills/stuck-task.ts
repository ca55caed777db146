/** Deploys workers with a defect in the code of the workflow. */
import type { Drill } from './drill-type.ts';
import { plantBuild } from './planted-build.ts';
import { playScene } from './scene.ts';

const defect = {
  file: 'workflows/submission.ts',
  from: '    for (let step = open.step;',
  to: "    if (open.step !== undefined) throw new TypeError('a defect');\n    for (let step = open.step;",
};

export const stuckTask: Drill = {
  about: 'a defect in the code of a workflow',

  async run(options) {
    const bad = await plantBuild(defect);
    try {
      await playScene(options, { page: 'workflow-tasks-fail' }, async (scene) => {
        const { page, say, talks, watch, until, repair, restart } = scene;
        await restart('worker', bad.worker);
        const [stuck = ''] = await talks.submit(2);
        say(`two more are submitted; one reads ${(await talks.read(stuck)).stage}`);
        await watch.untilHolds('WorkflowTasksFail');
        await until(async () => (await page.run('Look')).includes('submission-'), 'no failing workflow is reported');
        say('the list of workflows with failing tasks has its first one');

        await repair(async () => {
          await page.run('Do');
          await until(async () => !(await page.run('Check')).includes('submission-'), 'tasks still fail');
        });
        say(await talks.toTheirEnds());
      });
    } finally {
      await bad.remove();
    }
  },
};
