import { readdir, readFile } from 'node:fs/promises';

/** Milliseconds in one tick of the kernel's clock, the unit of `/proc` (proc(5); USER_HZ is 100 on Linux). */
const tick = 10;

/** Processes whose CPU time counts, by what they are for: each with all that it has started. */
export type Processes = Readonly<Record<string, readonly number[]>>;

/** Milliseconds of CPU. */
export type CpuTimes = Record<string, number>;

/** Reads how much CPU time processes have used, with their children. */
export async function readCpu(processes: Processes): Promise<CpuTimes> {
  const all = await everyProcess();
  return Object.fromEntries(
    Object.entries(processes).map(([name, pids]) => {
      const family = all.filter(({ pid }) => descendsFrom(pids, pid));
      return [name, family.reduce((sum, { cpu }) => sum + cpu, 0)];
    }),
  );

  function descendsFrom(ancestors: readonly number[], pid: number): boolean {
    for (let at = all.find((one) => one.pid === pid); at; at = all.find((one) => one.pid === at?.parent))
      if (ancestors.includes(at.pid)) return true;
    return false;
  }
}

async function everyProcess(): Promise<{ pid: number; parent: number; cpu: number }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)));
  return stats.flatMap((stat) => {
    if (stat === undefined) return [];
    // The name is in parentheses, and may contain spaces and parentheses.
    const [, parent, , , , , , , , , , user, system, ofEndedUser, ofEndedSystem] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = [user, system, ofEndedUser, ofEndedSystem].reduce<number>((sum, part) => sum + (part ?? 0), 0);
    return [{ pid: Number.parseInt(stat, 10), parent: parent ?? 0, cpu: ticks * tick }];
  });
}
