import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where Go's own installer puts it, and not on the PATH. */
const usual = '/usr/local/go/bin';

export async function findGo(): Promise<string> {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), usual]) {
    const file = join(folder, 'go');
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  throw new Error('not found; it comes from https://go.dev/dl or the package golang-go');
}
