/** A process that writes a line for each message of its parent, and says when it has. */
import { createLog } from '../../process/create-log.ts';

const log = createLog('writing');

process.on('message', (lines: number) => {
  for (let line = 1; line <= lines; line += 1) log.info({ line, filling: '.'.repeat(400) }, 'a line');
  process.send?.('written');
});
process.send?.('ready');
