import { readFile, writeFile } from 'node:fs/promises';

/** The other side of `inProcess`. */
export async function asProcess<Plan>(run: (plan: Plan) => Promise<object>): Promise<void> {
  process.on('disconnect', () => process.exit(1));
  const [, , given = '', result = ''] = process.argv;
  await writeFile(result, JSON.stringify(await run(JSON.parse(await readFile(given, 'utf8')))));
  process.exit(0);
}
