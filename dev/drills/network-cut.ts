/** The network between the service and Temporal swallows what is sent, and nobody is told. */
import { aRelayTo } from '../stand-ins/relay.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

const PART = 'temporal';

export const networkCut: Drill = {
  about: 'the network to Temporal passes nothing on',

  async run(options) {
    let relay: Awaited<ReturnType<typeof aRelayTo>> | undefined;
    const wishes = {
      page: 'part-unreachable',
      async through(temporalPort: number) {
        relay = await aRelayTo('127.0.0.1', temporalPort);
        await relay.mend();
        return { TEMPORAL_ADDRESS: `127.0.0.1:${relay.port}` };
      },
      // Here it is the network that is mended.
      restarts: { temporal: async () => relay?.flow() },
    };
    await playScene(options, wishes, async ({ page, say, talks, watch, until, repair, health }) => {
      const [first = ''] = talks.ids;
      relay?.stall();
      const submitting = talks.submit(2);
      await until(async () => (await health()).includes('"temporal":{"up":false'), 'the health does not tell of it');
      say(`the gateway says ${await health()}; a poll gets ${(await talks.read(first)).code}`);
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
    });
    await relay?.cut();
  },
};
