import { connect } from 'node:net';
import { until } from '../until.ts';

export function untilListening(host: string, port: number): Promise<true> {
  return until(() => isListening(host, port), `nothing listens on ${host}:${port}`);
}

function isListening(host: string, port: number): Promise<true> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', reject);
  });
}
