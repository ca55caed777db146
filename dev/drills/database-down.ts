/** Kills the PostgreSQL of the records. */
import { startDrillDatabase } from './drill-database.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

const PART = 'database';

export const databaseDown: Drill = {
  about: 'the PostgreSQL of the records is killed',

  async run(options) {
    const database = await startDrillDatabase(options.say);
    const wishes = { page: 'part-unreachable', database: database.url, restarts: { database: database.restart } };
    try {
      await playScene(options, wishes, async ({ page, say, talks, watch, until, repair, health }) => {
        await database.kill();
        await talks.submit(2);
        await talks.untilJudged();
        await until(async () => (await health()).includes('"database":{"up":false'), 'the health does not tell of it');
        say(`two more are submitted and judged without it; the gateway says ${await health()}`);
        await watch.untilHolds('PartUnreachable');

        await repair(async () => {
          await page.run('Look', { PART });
          await page.run('Do', { PART });
          await until(async () => page.run('Check', { PART }).then(() => true), 'the database is not reached');
        });
        await watch.untilOver('PartUnreachable');
        say(await talks.toTheirEnds());
      });
    } finally {
      await database.close();
    }
  },
};
