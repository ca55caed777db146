/** `npm run test:planted`: plants each fault in a copy of the sources, and says which property catches it. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { type PlantedFault, plantedFaults } from './planted-faults.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const needed = ['contract', 'test/contract/lifecycle', 'test/support', 'store', 'package.json', 'tsconfig.json'];
const run = promisify(execFile);

const tries = pLimit(2);
const results = await Promise.all(plantedFaults.map((fault) => tries(() => caught(fault))));
const missed = results.filter((isCaught) => !isCaught).length;
process.stdout.write(`${results.length - missed} of ${results.length} faults were caught\n`);
process.exitCode = missed === 0 ? 0 : 1;

async function caught({ what, file, from, to }: PlantedFault): Promise<boolean> {
  const copy = await mkdtemp(join(tmpdir(), `planted-${process.pid}-`));
  try {
    for (const path of needed) await cp(join(root, path), join(copy, path), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const source = await readFile(join(copy, file), 'utf8');
    await writeFile(
      join(copy, file),
      source.replace(from, () => to),
    );
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'test/contract/lifecycle/try-walks.ts'], {
      cwd: copy,
    });
    process.stdout.write(`${what}: ${stdout.slice(0, 200) || 'NOT CAUGHT'}\n`);
    return stdout !== '';
  } finally {
    await rm(copy, { recursive: true });
  }
}
