import { link, open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SetupError } from '../../process/setup-error.ts';

/** The file name in the command line. @throws SetupError */
export function fileArgument(command: string): string {
  const [file, ...rest] = process.argv.slice(2);
  if (file === undefined || rest.length > 0) throw new SetupError(`Name one file: npm run ${command} -- FILE`);
  return resolve(file);
}

/** Creates a file atomically, readable by its owner only. @throws SetupError if it exists */
export async function makeNewFile(file: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await (await open(temporary, 'wx', 0o600)).close();
    await write(temporary);
    await link(temporary, file);
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw isThere ? new SetupError(`${file} already exists: choose another name, or move it away`, { cause }) : cause;
  } finally {
    await rm(temporary, { force: true });
  }
}
