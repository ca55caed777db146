/** The network between the service and Temporal swallows what is sent, and nobody is told. */
import { aRelayTo } from '../stand-ins/relay.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';
import { playTemporalAway } from './temporal-away.ts';

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
    try {
      await playScene(options, wishes, (scene) => playTemporalAway(scene, () => relay?.stall()));
    } finally {
      await relay?.cut();
    }
  },
};
