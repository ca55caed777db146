/** A mail server that takes everything and keeps nothing, in a process of its own: its CPU time isn't counted. */
import { SMTPServer } from 'smtp-server';
import { runProcess } from '../../process/run-process.ts';
import { environment } from '../../process/settings/read-settings.ts';

await runProcess('mail-sink', async () => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      stream.resume();
      stream.on('end', () => callback(null));
    },
  });
  await new Promise<void>((resolve) => server.listen(Number(environment().PORT), '127.0.0.1', resolve));
  return { stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
});
