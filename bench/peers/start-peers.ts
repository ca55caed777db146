import type { Context } from '../measure/part.ts';
import type { Peer } from './peer.ts';
import { startDbos } from './start-dbos.ts';
import { startRestate } from './start-restate.ts';

/** Starts the engines that ours is compared with: DBOS where PostgreSQL is installed. */
export async function startPeers({
  postgres,
  stopping,
}: Context): Promise<{ peers: Peer[]; stop: () => Promise<void> }> {
  const peers: Peer[] = [];
  const stop = async () => {
    for (const peer of peers) await peer.stop();
  };
  try {
    peers.push(await startRestate(stopping));
    if (postgres !== undefined) peers.push(await startDbos(postgres, stopping));
    return { peers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
