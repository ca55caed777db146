/** Kills the worker. */
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

export const workerDown: Drill = {
  about: 'the only worker is killed',

  run: (options) =>
    playScene(
      options,
      { page: 'no-worker-polls' },
      async ({ page, parts, say, talks, watch, until, repair, health }) => {
        await parts.worker?.kill();
        const [late = ''] = await talks.submit(1);
        const [first = ''] = talks.ids;
        say(
          `one more is submitted: ${(await talks.read(late)).code}; a poll of another: ${(await talks.read(first)).stage}`,
        );
        await until(async () => (await health()).includes('nobody polls'), 'the health does not tell of it');
        say(`the gateway says ${await health()}`);
        await watch.untilHolds('NoWorkerPolls');

        await repair(async () => {
          await page.run('Look');
          await page.run('Do');
          await until(async () => page.run('Check').then(() => true), 'nobody polls');
        });
        await watch.untilOver('NoWorkerPolls');
        say(await talks.toTheirEnds());
      },
    ),
};
