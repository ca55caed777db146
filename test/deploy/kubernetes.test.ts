import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { callSchema } from '../../contract/call/call.ts';
import { kubernetesValidate } from '../../dev/kubernetes/kubernetes-validate.ts';
import { findPythonProgram } from '../../dev/programs/python-program.ts';
import { gatewayOptions, workerEnvironment } from '../../dev/stack.ts';
import { readGatewayConfig } from '../../process/settings/gateway-config.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { secretsInFiles } from '../../process/settings/settings.ts';
import { readWorkerConfig } from '../../process/settings/worker-config.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = ['call.yaml', 'codec-server.yaml', 'secrets.example.yaml', 'service.yaml'].map((file) =>
  join(root, 'deploy/kubernetes', file),
);
const processes = [
  { name: 'gateway', read: readGatewayConfig },
  { name: 'worker', read: readWorkerConfig },
];

/** A folder with what the secret has. */
const secrets = mkdtempSync(join(tmpdir(), `call-for-speakers-kubernetes-${process.pid}-`));
execFileSync('sh', [join(root, 'deploy/create-secrets.sh'), secrets]);
writeFileSync(join(secrets, 'smtp-url'), 'smtps://mail.example.org');
afterAll(() => rm(secrets, { recursive: true }));

const hasPip = await promisify(execFile)('python3', ['-m', 'pip', '--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!hasPip)(
  "the files and Kubernetes' own schemas (with Python and pip, where they are installed)",
  () => {
    /** What is wrong, or isn't known. */
    let complaints: (...paths: string[]) => Promise<string>;
    beforeAll(async () => {
      const env = environment();
      const found = await findPythonProgram(kubernetesValidate, readProgramsConfig(env), env, () => undefined);
      complaints = async (...paths) => {
        const said = await promisify(execFile)(found.program, ['--strict', '--quiet', ...paths], {
          env: found.env,
        }).catch((error: { stdout: string; stderr: string }) => error);
        return said.stdout + said.stderr;
      };
    });

    test('agree', async () => {
      expect(await complaints(...files)).toBe('');
    });

    test.each([
      ['a misspelt key', 'periodSeconds: 5,', 'periodSecond: 5,'],
      ['a word for a number', 'replicas: 2', 'replicas: two'],
      ['an unknown kind of API', 'apiVersion: apps/v1', 'apiVersion: apps/v2'],
      ['a number for a text', "value: '9464'", 'value: 9464'],
    ])('would not, with %s', async (_, right, wrong) => {
      const file = join(secrets, 'planted.yaml');
      const text = read('deploy/kubernetes/service.yaml');
      writeFileSync(file, text.replace(right, wrong));

      expect(readFileSync(file, 'utf8')).not.toBe(text);
      expect(await complaints(file)).toMatch(/did not validate|Couldn't find schema/);
      await rm(file);
    });
  },
);

test.each(processes)('the $name starts with what its container is given', ({ name, read: readConfig }) => {
  const { env, command, volumeMounts } = containerOf(name);

  const config = readConfig(env);

  const expected =
    name === 'gateway'
      ? ['node', ...gatewayOptions, 'dist/api/server.js']
      : ['env', ...Object.entries(workerEnvironment).map((entry) => entry.join('=')), 'node', 'dist/worker.js'];
  expect(command).toEqual(expected);
  expect(config.operations).toEqual({ host: '0.0.0.0', port: 9464 });
  expect(volumeMounts.find(({ name: mount }) => mount === 'secrets')?.mountPath).toBe('/run/secrets');
});

test.each(processes)('the $name is handed each secret that it reads as a file, and no other', ({ name }) => {
  const { env, secretKeys } = containerOf(name);

  const named = Object.values(env)
    .filter((value) => value.startsWith(`${secrets}/`))
    .map((value) => value.slice(secrets.length + 1));

  expect(secretKeys.sort()).toEqual(named.sort());
  expect(Object.keys(env).filter((variable) => secretsInFiles.some((one) => one === variable))).toEqual([]);
});

test('the example of the secret has all that is mounted, and no value', () => {
  const { stringData } = z
    .object({ stringData: z.record(z.string(), z.string()) })
    .parse(parse(read('deploy/kubernetes/secrets.example.yaml')));

  const mounted = processes.flatMap(({ name }) => containerOf(name).secretKeys);

  expect(Object.keys(stringData).sort()).toEqual([...new Set(mounted)].sort());
  expect(new Set(Object.values(stringData))).toEqual(new Set(['']));
});

test('the call is one that a gateway reads', () => {
  const { data } = z
    .object({ data: z.object({ 'call.yaml': z.string() }) })
    .parse(parse(read('deploy/kubernetes/call.yaml')));

  const call = callSchema.parse(parse(data['call.yaml']));

  expect(call.stages.selection.policy.kind).toBe('panel');
});

test.each(processes)('the $name has two pods that can gain nothing, are probed, and have time to end', ({ name }) => {
  const { replicas, template } = deploymentOf(name).spec;
  const { securityContext, terminationGracePeriodSeconds, containers } = template.spec;
  const [container] = containers;

  expect(replicas).toBe(2);
  expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(container?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(container?.livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'operations' });
  expect(container?.readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'operations' });
  expect(container?.resources.limits.memory).toMatch(/^\d+[MG]i$/);
  // The longest that a worker needs is 20 s and some.
  expect(terminationGracePeriodSeconds).toBeGreaterThan(30);
});

test('the image is the one of docker-compose.yml', () => {
  const { 'x-app': app } = z
    .object({ 'x-app': z.object({ image: z.string() }) })
    .parse(parse(read('docker-compose.yml'), { merge: true }));

  expect(processes.map(({ name }) => containerOf(name).image)).toEqual([app.image, app.image]);
});

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const deployment = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    replicas: z.number(),
    template: z.object({
      spec: z.object({
        securityContext: z.unknown(),
        terminationGracePeriodSeconds: z.number(),
        containers: z.array(
          z.object({
            image: z.string(),
            command: z.array(z.string()),
            env: z.array(z.object({ name: z.string(), value: z.string() })),
            securityContext: z.unknown(),
            volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
            resources: z.object({ limits: z.object({ memory: z.string() }) }),
            livenessProbe: probe,
            readinessProbe: probe,
          }),
        ),
        volumes: z.array(
          z.object({
            name: z.string(),
            secret: z.object({ items: z.array(z.object({ key: z.string(), path: z.string() })) }).optional(),
          }),
        ),
      }),
    }),
  }),
});

function deploymentOf(name: string) {
  const found = parseAllDocuments(read('deploy/kubernetes/service.yaml'))
    .map((document) => deployment.safeParse(document.toJS()))
    .find(({ data }) => data?.metadata.name === name);
  if (!found?.data) throw new Error(`there is no deployment ${name}`);
  return found.data;
}

/** The container of a deployment, with its environment as the process reads it, the secrets being those of this test. */
function containerOf(name: string) {
  const { containers, volumes } = deploymentOf(name).spec.template.spec;
  const [container] = containers;
  if (!container) throw new Error(`${name} has no container`);
  const inTest = (value: string) => value.replace(/^\/run\/secrets\//, `${secrets}/`);
  const env: Record<string, string> = Object.fromEntries(
    container.env.map(({ name: variable, value }) => [variable, inTest(value)]),
  );
  const secretKeys = volumes.flatMap(({ secret }) => secret?.items.map(({ key }) => key) ?? []);
  return { ...container, env: { ...env, NODE_ENV: 'production' }, secretKeys };
}
