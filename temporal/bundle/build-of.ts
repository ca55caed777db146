import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the production build. Beside it, since a gateway knows it too, which loads nothing of the worker's SDK. */
export const builtBundle = join(fileURLToPath(new URL('../..', import.meta.url)), 'workflow-bundle.js');

/** Before the map at the end of a bundle. */
export const mapMark = 'base64,';

/** Short name of the code: the same for the same workflows, in whatever folder they were bundled. */
export async function buildOf({ codePath }: { codePath: string }): Promise<string> {
  const bundled = await readFile(codePath, 'utf8');
  // The map counts columns, also in lines that had this machine's paths.
  const code = bundled.slice(0, bundled.lastIndexOf(mapMark));
  return createHash('sha256').update(code).digest('hex').slice(0, 8);
}
