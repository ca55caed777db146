#!/usr/bin/env node
/** The command `call-for-speakers`. */
import { run } from './run.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

// The reader closed the pipe: `… | head` is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// Set, not called: output still in the pipes is written before the process ends.
process.exitCode = await run(process.argv.slice(2), process, interrupted.signal);
