/** Fills the disk of the embedded database with a backup that somebody forgot there. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

const run = promisify(execFile);

export const diskFull: Drill = {
  about: 'the disk of the records is full (as root, on Linux)',

  async run(options) {
    const outer = await mkdtemp(join(tmpdir(), `call-for-speakers-disk-${process.pid}-`));
    const [disk, elsewhere] = [join(outer, 'disk'), join(outer, 'elsewhere')];
    await Promise.all([mkdir(disk), mkdir(elsewhere)]);
    try {
      await run('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk]);
    } catch (error) {
      options.say(`skipped: a small disk can't be mounted here (${error})`);
      return rm(outer, { recursive: true });
    }
    try {
      await play(options, disk, elsewhere);
    } finally {
      await run('umount', ['--lazy', disk]);
      await rm(outer, { recursive: true });
    }
  },
};

async function play(options: Parameters<Drill['run']>[0], disk: string, ELSEWHERE: string): Promise<void> {
  const wishes = { page: 'disk-fills', settings: { DATA_DIR: disk } };
  await playScene(options, wishes, async ({ page, say, talks, watch, until, repair, listCode }) => {
    await fill(join(disk, 'records-of-last-week.backup'));
    await talks.submit(2);
    await talks.untilJudged();
    say('the disk is full; two more are submitted and judged');
    await watch.untilHolds('DiskFills');

    await repair(async () => {
      say(`a look:\n${await page.run('Look')}`.trimEnd());
      await page.run('Do', { ELSEWHERE });
      await until(async () => page.run('Check').then(() => true), 'the list is not there');
    });
    await until(async () => (await listCode()) === 200, 'the list is not there');
    await watch.untilOver('DiskFills');
    say(await talks.toTheirEnds());
  });
}

/** Until nothing more can be written. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w');
  const page = Buffer.alloc(4_096);
  try {
    for (;;) await handle.write(page);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await handle.close();
  }
}
