import { statfs } from 'node:fs/promises';
import { deadlineIn, within } from '../deadline.ts';
import { lookTime } from '../health/in-time.ts';
import { type Metrics, tell } from './metrics.ts';

/** Space on the disk of a folder, if there is such a folder. A disk in the network may hang. */
export function addDiskMetrics({ gauge, lookAt }: Metrics, volume: string, folder: string): void {
  const free = gauge('cfs_disk_free_bytes', 'Space that this process may still use on a disk', ['volume']);
  const size = gauge('cfs_disk_size_bytes', 'Space on a disk in all', ['volume']);

  lookAt(async () => {
    const seen = await within(deadlineIn(lookTime), statfs(folder)).catch(() => undefined);
    const disk = seen === undefined || seen.isLate ? undefined : seen.value;
    tell(free, disk ? [[{ volume }, disk.bavail * disk.bsize]] : []);
    tell(size, disk ? [[{ volume }, disk.blocks * disk.bsize]] : []);
  });
}
