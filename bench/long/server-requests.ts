import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Requests to Temporal's server by operation, like `QueryWorkflow`, as it counts them itself. @param folder of its log */
export async function serverRequests(folder: string): Promise<(operation: string) => number> {
  const log = (await readdir(folder)).find((file) => /^temporal-\d+\.log$/.test(file));
  // It chooses a port for its metrics, and prints it.
  const [url] = /http:\S+\/metrics/.exec(await readFile(join(folder, log ?? ''), 'utf8')) ?? [];
  if (url === undefined) throw new Error('the server prints no address of its metrics');
  const lines = (await (await fetch(url)).text()).split('\n');
  return (operation) =>
    lines
      .filter((line) => line.startsWith('service_requests{'))
      .filter((line) => line.includes(`operation="${operation}"`) && line.includes('service_name="frontend"'))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
