/** Stops the process of the worker as a debugger would: it counts as one that polls, for a while. */
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

export const backlogGrows: Drill = {
  about: 'a worker hangs, and tasks wait',

  run: (options) =>
    playScene(options, { page: 'backlog-grows' }, async ({ page, parts, say, talks, watch, until, repair, health }) => {
      const { pid } = parts.worker ?? {};
      if (pid !== undefined) process.kill(pid, 'SIGSTOP');
      await talks.submit(10);
      say(`ten more are submitted; the gateway says ${await health()}`);
      await watch.untilFires('BacklogGrows');

      await repair(async () => {
        say(`the task queue:\n${await page.run('Look')}`);
        await page.run('Do');
        await talks.untilJudged();
        const isTaken = async () => !/workflow +[1-9]/.test(await page.run('Check'));
        await until(isTaken, 'tasks still wait');
      });
      await watch.untilOver('BacklogGrows');
      say(await talks.toTheirEnds());
    }),
};
