import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { drills } from '../../dev/drills/drills.ts';

const promtool = ['/usr/bin/promtool', '/usr/local/bin/promtool'].find(existsSync) ?? '';
const root = fileURLToPath(new URL('../../', import.meta.url));
const rulesFile = join(root, 'deploy/prometheus/alerts.yml');
const tests = join(root, 'test/deploy/alerts');

const rulesSchema = z.object({
  groups: z
    .array(
      z.looseObject({
        rules: z.array(
          z.looseObject({
            alert: z.string(),
            expr: z.string(),
            for: z.string(),
            labels: z.object({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.strictObject({ summary: z.string(), description: z.string(), runbook_url: z.string() }),
          }),
        ),
      }),
    )
    .length(1),
});

const testSchema = z.looseObject({ tests: z.array(z.looseObject({ name: z.string() })) });

const rules = rulesSchema.parse(parse(readFileSync(rulesFile, 'utf8')));
const alerts = rules.groups.flatMap((group) => group.rules);
const names = alerts.map(({ alert }) => alert);
const pageOf = (alert: string) => alert.replace(/\B[A-Z]/g, '-$&').toLowerCase();
const readTests = (alert: string) => testSchema.parse(parse(readFileSync(join(tests, `${pageOf(alert)}.yml`), 'utf8')));

/** What promtool says of these files, if it is content. */
async function ask(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(promtool, args);
  return stdout;
}

/** The tests of an alert against another expression of it. */
async function testWith(alert: string, change: { expr: string; for: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-alerts-${process.pid}-`));
  try {
    const changed = alerts.filter((one) => one.alert === alert).map((one) => ({ ...one, ...change }));
    await writeFile(join(folder, 'rules.yml'), stringify({ groups: [{ name: 'changed', rules: changed }] }));
    const file = join(folder, 'tests.yml');
    await writeFile(file, stringify({ ...readTests(alert), rule_files: ['rules.yml'] }));
    return await ask('test', 'rules', file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('there are at most twelve alerts, each with the address of its own page', () => {
  const pages = alerts.map(({ annotations }) => annotations.runbook_url);

  expect(names.length).toBeLessThanOrEqual(12);
  expect(pages).toEqual(names.map((name) => `{{ $externalLabels.runbook }}/${pageOf(name)}.md`));
});

test('each alert has a page with what to see, to look at, to do and to check, and is in the index', async () => {
  const index = await readFile(join(root, 'docs/runbook/README.md'), 'utf8');
  const inIndex = [...index.matchAll(/^\| `(\w+)` \| (yes)? ?\| \[`([a-z-]+)\.md`\]/gm)].map(
    ([, alert, wakes, page]) => ({ alert, severity: wakes ? 'page' : 'ticket', page }),
  );

  expect(inIndex).toEqual(
    alerts.map(({ alert, labels }) => ({ alert, severity: labels.severity, page: pageOf(alert) })),
  );
  for (const { page } of inIndex) {
    const text = await readFile(join(root, `docs/runbook/${page}.md`), 'utf8');
    const parts = ['**What you see.**', '\n## Look\n', '\n## Do\n', '\n## Check\n'];
    expect(
      parts.filter((part) => !text.includes(part)),
      page,
    ).toEqual([]);
  }
});

test('each alert, and each drill, is in the index with how long its repair took', async () => {
  const index = await readFile(join(root, 'docs/runbook/README.md'), 'utf8');
  const rows = [...index.matchAll(/^\| (?<what>.+?) \|.* \| (?<drills>(?:`[a-z-]+`(?:, )?)+) \| \d+ s \|$/gm)];
  const alertsOf = rows.flatMap(({ groups }) => /^`([A-Z]\w+)`$/.exec(groups?.what ?? '')?.[1] ?? []);
  const drillsOf = rows.flatMap(({ groups }) => groups?.drills?.match(/[a-z-]+/g) ?? []);

  expect(alertsOf).toEqual(names);
  expect(drillsOf.toSorted()).toEqual(Object.keys(drills).sort());
});

test('each alert has tests both of when it fires and of when it stays quiet, and no other one has', () => {
  const tested = names.map((name) => readTests(name).tests.map((one) => one.name.replace(/:.*/, '')));

  expect(readdirSync(tests).sort()).toEqual(names.map((name) => `${pageOf(name)}.yml`).sort());
  for (const kinds of tested) expect(new Set(kinds)).toEqual(new Set(['fires', 'stays quiet']));
});

test('each metric of ours that an alert asks for is one that there is', async () => {
  const text = await readFile(join(root, 'docs/telemetry.md'), 'utf8');
  const listed = new Set([...text.matchAll(/^\| `(cfs_\w+)` \|/gm)].map(([, name]) => name));
  const asked = alerts.flatMap(({ expr }) => expr.match(/\bcfs_\w+/g) ?? []);

  expect(asked.length).toBeGreaterThan(names.length);
  expect(asked.map((name) => name.replace(/_(bucket|count|sum)$/, '')).filter((name) => !listed.has(name))).toEqual([]);
});

describe.skipIf(promtool === '')('with promtool (where Prometheus is installed)', () => {
  test('the configuration is valid, with its rules', async () => {
    const said = await ask('check', 'config', join(root, 'deploy/prometheus/prometheus.yml'));

    expect(said).toContain(`SUCCESS: ${names.length} rules found`);
  });

  test.each(names)('%s fires when it should, and then only', async (alert) => {
    const said = await ask('test', 'rules', join(tests, `${pageOf(alert)}.yml`));

    expect(said).toContain('SUCCESS');
  });

  test.each(names)('the tests of %s notice if it never fires, and if it always does', async (alert) => {
    await expect(testWith(alert, { expr: 'vector(0) > 1', for: '0m' })).rejects.toThrow(/exp: \{\} .*\s+got: nil/);
    await expect(testWith(alert, { expr: 'vector(1)', for: '0m' })).rejects.toThrow(/exp: nil\s+got: \{\}/);
  });
});
