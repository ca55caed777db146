/** Starts gateway and worker without the key that has encrypted what runs. */
import { testKeysSetting } from '../test-keys.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

const another = `another:${Buffer.alloc(32, 'another key').toString('base64')}`;

export const lostKey: Drill = {
  about: 'a key of PAYLOAD_KEYS is missing',

  run: (options) =>
    playScene(options, { page: 'lost-key' }, async ({ page, say, talks, settings, watch, until, repair, restart }) => {
      const [ID = ''] = talks.ids;
      settings.PAYLOAD_KEYS = another;
      await restart('worker');
      await restart('gateway');
      const [other = ''] = await talks.submit(1);
      await until(async () => (await talks.read(other)).stage === 'selection', 'new submissions do not go on');
      const decided = talks.decide(ID);
      say(`a new one goes on; a poll of an older one gets ${(await talks.read(ID)).code}`);
      await watch.untilHolds('WorkflowTasksFail');

      await repair(async () => {
        say(`a look: ${await page.run('Look', { ID })}`.trimEnd());
        settings.PAYLOAD_KEYS = `${another},${testKeysSetting}`;
        await page.run('Do', { ID });
        await until(async () => !(await page.run('Check', { ID })).includes('submission-'), 'tasks still fail');
      });
      await decided;
      say('the decision that was sent meanwhile is taken');
      say(await talks.toTheirEnds());
    }),
};
