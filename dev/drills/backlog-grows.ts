/** Stops the process of the worker as a debugger would: it counts as one that polls, for a while. */
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

/** A count other than 0, which an age follows. */
const someWait = /workflow +[1-9]\d* +[\d.]+(ms|s|m)/;

export const backlogGrows: Drill = {
  about: 'a worker hangs, and tasks wait',

  run: (options) =>
    playScene(options, { page: 'backlog-grows' }, async ({ page, parts, say, talks, watch, until, repair, health }) => {
      const { pid } = parts.worker ?? {};
      if (pid !== undefined) process.kill(pid, 'SIGSTOP');
      await talks.submit(8);
      say(`eight more are submitted; the gateway says ${await health()}`);
      await watch.untilHolds('BacklogGrows');

      await repair(async () => {
        say(`the task queue:\n${await page.run('Look')}`);
        await page.run('Do');
        await talks.untilJudged();
        const isTaken = async () => !someWait.test(await page.run('Check'));
        await until(isTaken, 'tasks still wait');
      });
      await watch.untilOver('BacklogGrows');
      say(await talks.toTheirEnds());
    }),
};
