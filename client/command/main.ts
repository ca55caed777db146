#!/usr/bin/env node
/** The command `call-for-speakers`. */
import { run } from './run.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

// A closed pipe, as in `… | head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// Not `process.exit()`, which would lose output that is still in the pipes.
process.exitCode = await run(process.argv.slice(2), process, interrupted.signal);
