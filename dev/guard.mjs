// Runs another program as a part of the stack, and ends it with the stack's process, whose end closes the IPC channel.
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal) process.stderr.write(`${program} was ended by ${signal}\n`);
  process.exit(code ?? 1);
});

for (const event of ['disconnect', 'SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(event, () => child.kill('SIGTERM'));
}

// For fault tests: a signal to this process would not reach the program unchanged.
process.on('message', (signal) => child.kill(signal));
