import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const module = fileURLToPath(new URL('../support/throwing.ts', import.meta.url));

test.each(['at its start', 'later'])(
  'a process that fails %s says why, without what a driver puts into the error',
  (when) => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', module, when], { encoding: 'utf8' });

    expect(status).toBe(1);
    expect(stderr).toContain('throwing: {"type":"Error","message":"not kept"');
    expect(stderr).not.toContain('ada');
  },
);
