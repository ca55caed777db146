// Runs a program that isn't ours as a part of the stack, and ends it when the stack is gone, however it went: the IPC
// channel closes with its process.
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

// For tests of faults: a signal to this process would not reach the program as it is.
process.on('message', (signal) => child.kill(signal));
