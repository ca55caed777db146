/** A mail server that takes everything and keeps the addresses at most, in a process of its own: its CPU time isn't counted. */
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import { runProcess } from '../../process/run-process.ts';
import { environment } from '../../process/settings/read-settings.ts';

await runProcess('mail-sink', async () => {
  const { RECIPIENTS_FILE, PORT } = environment();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, callback) {
      stream.resume();
      stream.on('end', () => {
        if (RECIPIENTS_FILE) for (const { address } of envelope.rcptTo) appendFileSync(RECIPIENTS_FILE, `${address}\n`);
        callback(null);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(Number(PORT), '127.0.0.1', resolve));
  return { stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
});
