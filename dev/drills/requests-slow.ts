/** Gives the gateway a tenth of a CPU, as a limit that is too low does: it runs a little, and stands still for long. */
import { setTimeout as delay } from 'node:timers/promises';
import { startDrillDatabase } from './drill-database.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

/** Milliseconds. */
const [runs, stands] = [150, 1_350];

export const requestsSlow: Drill = {
  about: 'the only gateway hardly gets a CPU',

  async run(options) {
    const database = await startDrillDatabase(options.say);
    try {
      await playScene(options, { page: 'requests-slow', database: database.url }, async (scene) => {
        const { page, parts, say, talks, watch, until, repair } = scene;
        const over = new AbortController();
        // The start of a process, too, is a turn of its event loop that takes long.
        await watch.untilOver('RequestsSlow');
        const throttling = throttle(parts.gateway?.pid ?? 0, over.signal);
        await talks.submit(2);
        say('two more are submitted, slowly');
        const asking = setInterval(() => void talks.read(talks.ids[0] ?? '').catch(() => undefined), 200);
        await watch.untilHolds('RequestsSlow').finally(() => clearInterval(asking));

        await repair(async () => {
          say(`a look: ${await page.run('Look')}`.trimEnd());
          await page.run('Do');
          await until(async () => page.run('Check').then(() => true), 'it is still slow');
        });
        over.abort();
        await throttling;
        say(await talks.toTheirEnds());
      });
    } finally {
      await database.close();
    }
  },
};

async function throttle(pid: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const [name, time] of [
      ['SIGSTOP', stands],
      ['SIGCONT', runs],
    ] as const) {
      try {
        process.kill(pid, name);
      } catch {
        // It is replaced.
        return;
      }
      await delay(time);
    }
  }
}
