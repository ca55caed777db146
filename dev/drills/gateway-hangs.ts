/** Stops the process of the gateway as a debugger would: it is there, and does nothing. */
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

export const gatewayHangs: Drill = {
  about: 'the only gateway hangs',

  run: (options) =>
    playScene(options, { page: 'metrics-missing' }, async ({ page, parts, say, talks, watch, until, repair }) => {
      const { pid } = parts.gateway ?? {};
      if (pid !== undefined) process.kill(pid, 'SIGSTOP');
      const submitting = talks.submit(1);
      say('nobody gets an answer; the process is there');
      await watch.untilHolds('MetricsMissing');

      await repair(async () => {
        await page.run('Look');
        await page.run('Do');
        await until(async () => page.run('Check').then(() => true), 'the gateway does not answer');
      });
      await submitting;
      say('the one that was submitted meanwhile is taken');
      say(await talks.toTheirEnds());
    }),
};
