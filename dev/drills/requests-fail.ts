/** Somebody's transaction locks the table of the submissions. */
import { Client } from 'pg';
import { startDrillDatabase } from './drill-database.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

export const requestsFail: Drill = {
  about: 'a table of the records is locked',

  async run(options) {
    const database = await startDrillDatabase(options.say);
    const blocker = new Client({ connectionString: database.url });
    blocker.on('error', () => undefined);
    try {
      await playScene(options, { page: 'requests-fail', database: database.url }, async (scene) => {
        const { page, say, talks, watch, until, repair, listCode } = scene;
        await blocker.connect();
        await blocker.query('begin');
        await blocker.query('lock table submissions in access exclusive mode');
        await talks.submit(2);
        say(`a table is locked; two more are submitted; an organiser's list gets ${await listCode()}`);
        const asking = setInterval(() => void listCode(), 200);
        await watch.untilHolds('RequestsFail').finally(() => clearInterval(asking));

        await repair(async () => {
          say(`a look: ${await page.run('Look')}`.trimEnd());
          const isEnded = async () => (await page.run('Do')) !== '' && (await listCode()) === 200;
          await until(isEnded, 'the list still fails');
          await page.run('Check');
        });
        say(await talks.toTheirEnds());
      });
    } finally {
      await blocker.end().catch(() => undefined);
      await database.close();
    }
  },
};
