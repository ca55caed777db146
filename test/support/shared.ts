import { inject } from 'vitest';

/**
 * What the files of a run share, each made when the first of them asks: the paths of Temporal's programs, the URL of a
 * PostgreSQL.
 */
export async function shared(name: 'temporalCli' | 'temporalTestServer' | 'postgres'): Promise<string> {
  const response = await fetch(new URL(name, inject('shared')));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
