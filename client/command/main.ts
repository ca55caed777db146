#!/usr/bin/env node
/** The command `call-for-speakers`. */
import { run } from './run.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

// Whoever reads the output has seen enough: `… | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// Set, not called: what is still in the pipes is written before the process ends.
process.exitCode = await run(process.argv.slice(2), process, interrupted.signal);
