import { inject } from 'vitest';

/**
 * What the files of a run share, each made when the first of them asks: the paths of Temporal's programs, the URL of a
 * PostgreSQL; and a namespace on a Temporal server, another one each time.
 */
export async function shared(name: 'temporalCli' | 'temporalTestServer' | 'postgres' | 'namespace'): Promise<string> {
  const response = await fetch(new URL(name, inject('shared')));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

export async function aNamespace(): Promise<{ address: string; namespace: string }> {
  return JSON.parse(await shared('namespace'));
}
