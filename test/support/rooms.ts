import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders at the top whose code isn't shipped, or isn't ours. */
const others = ['bench', 'coverage', 'deploy', 'dev', 'dist', 'docs', 'examples', 'node_modules', 'test'];

/** The folders at the top whose code is shipped: a new one is among them without an entry anywhere. */
export const rooms = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !others.includes(entry.name))
  .map(({ name }) => name);
