import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Submission } from '../documents.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError */
export async function readSubmission(file: string, stdin: NodeJS.ReadStream): Promise<Submission> {
  try {
    return JSON.parse(file === '-' ? await text(stdin) : await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
