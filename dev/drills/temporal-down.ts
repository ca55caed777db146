/** Kills Temporal. */
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

const PART = 'temporal';

export const temporalDown: Drill = {
  about: 'Temporal is killed',

  run: (options) =>
    playScene(options, { page: 'part-unreachable' }, async (scene) => {
      const { page, parts, say, talks, watch, until, repair, health } = scene;
      const [first = ''] = talks.ids;
      await parts.temporal?.kill();
      const submitting = talks.submit(2);
      await until(async () => (await health()).includes('"temporal":{"up":false'), 'the health does not tell of it');
      say(`the gateway says ${await health()}`);
      say(`two are submitted, and wait for an answer; a poll of another gets ${(await talks.read(first)).code}`);
      await watch.untilHolds('PartUnreachable');

      await repair(async () => {
        await page.run('Look', { PART });
        await page.run('Do', { PART });
        await until(async () => page.run('Check', { PART }).then(() => true), 'Temporal is not reached');
      });
      await submitting;
      say('the two that waited are submitted');
      await watch.untilOver('PartUnreachable');
      say(await talks.toTheirEnds());
    }),
};
