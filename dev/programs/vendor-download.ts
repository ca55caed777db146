import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/** The SDK downloads its servers only when it starts one, so one is started and ended. */
export const downloadCli = (folder: string) =>
  downloadBy(folder, (environment, executable) => environment.createLocal({ server: { executable } }));

export const downloadTestServer = (folder: string) =>
  downloadBy(folder, (environment, executable) => environment.createTimeSkipping({ server: { executable } }));

type Download = { type: 'cached-download'; downloadDir: string };

async function downloadBy(
  downloadDir: string,
  start: (environment: typeof TestWorkflowEnvironment, executable: Download) => Promise<TestWorkflowEnvironment>,
): Promise<string> {
  // Loaded on demand: most starts find the program and don't need it.
  const testing = await import('@temporalio/testing');
  const server = await start(testing.TestWorkflowEnvironment, { type: 'cached-download', downloadDir });
  await server.teardown();
  const [file] = (await readdir(downloadDir)).filter((name) => name.startsWith('temporal'));
  if (file === undefined) throw new Error(`the SDK left no program in ${downloadDir}`);
  return join(downloadDir, file);
}
