import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultPayloadConverter } from '@temporalio/common';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDecoder } from '../../codec/decoder.ts';
import { toJson } from '../../codec/json-payload.ts';
import { createOperators } from '../../codec/operators.ts';
import { createPayloadCodec } from '../../temporal/codec/payload-codec.ts';

const keys = [{ id: 'first', key: Buffer.alloc(32, 1) }];
const origin = 'http://127.0.0.1:8233';
const host = '127.0.0.1:8234';
const own = { namespace: 'conference', payloadKeys: keys, origins: [origin], hosts: [host] };

type Line = Record<string, unknown>;

function aDecoder(options: Partial<Parameters<typeof createDecoder>[0]> = {}) {
  const lines: Line[] = [];
  const write = (entry: Line) => void lines.push(entry);
  const log = { info: write, warn: write, error: write };
  const app = createDecoder({ ...own, operators: undefined, log, ...options });
  const ask = (body: unknown, headers: Record<string, string> = {}, path = '/decode') =>
    app.request(`http://${host}${path}`, {
      method: 'POST',
      headers: {
        Host: host,
        Origin: origin,
        'X-Namespace': 'conference',
        'Content-Type': 'application/json',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { app, ask, lines };
}

const plain = toJson(defaultPayloadConverter.toPayload('Planted words'));

async function sealed(by = keys, workflowId = 'submission-1') {
  const context = { type: 'workflow', namespace: 'conference', workflowId } as const;
  const [payload] = await createPayloadCodec(by).encode([defaultPayloadConverter.toPayload('Planted words')], context);
  return payload ? toJson(payload) : {};
}

describe('POST /decode', () => {
  test('shows what is encrypted, in its order, and says so in the log without any of it', async () => {
    const { ask, lines } = aDecoder();

    const response = await ask({ payloads: [await sealed(), plain, await sealed(keys, 'submission-2')] });

    expect([response.status, await response.json()]).toEqual([200, { payloads: [plain, plain, plain] }]);
    expect(lines).toEqual([
      {
        operator: 'local',
        namespace: 'conference',
        workflowIds: ['submission-1', 'submission-2'],
        payloads: 3,
        unreadable: [],
      },
    ]);
  });

  test('takes a query for nothing', async () => {
    const response = await aDecoder().ask({ payloads: [plain] }, {}, '/decode?namespace=other');

    expect([response.status, await response.json()]).toEqual([200, { payloads: [plain] }]);
  });

  test('leaves what it has no key for as it is, and shows the others', async () => {
    const { ask, lines } = aDecoder();
    const foreign = await sealed([{ id: 'lost', key: Buffer.alloc(32, 9) }]);

    const response = await ask({ payloads: [foreign, await sealed()] });

    expect(await response.json()).toEqual({ payloads: [foreign, plain] });
    expect(lines).toMatchObject([{ unreadable: ['The key lost is not among PAYLOAD_KEYS'] }]);
  });

  test.each([
    ['another namespace', { 'X-Namespace': 'other' }],
    ['another Origin', { Origin: 'http://127.0.0.1:8235' }],
    ['another Origin', { Origin: 'null' }],
    ['another Host', { Host: 'attacker.example:8234' }],
    ['another Host', { Host: '127.0.0.1' }],
  ])('refuses %s: %j', async (error, headers) => {
    const { ask, lines } = aDecoder();

    const response = await ask({ payloads: [await sealed()] }, headers);

    expect([response.status, await response.json()]).toEqual([403, { error }]);
    expect(lines).toMatchObject([{ status: 403, reason: error }]);
  });

  test.each(['{', '[]', '{"payloads":1}', '{"payloads":[{"data":"%"}]}', ''])('refuses %j', async (body) => {
    const response = await aDecoder().ask(body);

    expect([response.status, await response.json()]).toEqual([400, { error: 'not the payloads of Temporal' }]);
  });

  test('refuses more than Temporal sends at once', async () => {
    const large = { ...plain, data: Buffer.alloc(4_500_000).toString('base64') };

    const response = await aDecoder().ask({ payloads: [large] });

    expect(response.status).toBe(413);
  });

  test('answers programs, which have no Origin', async () => {
    const { app } = aDecoder();
    const headers = { Host: host, 'X-Namespace': 'conference' };

    const response = await app.request(`http://${host}/decode`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ payloads: [await sealed()] }),
    });

    expect(await response.json()).toEqual({ payloads: [plain] });
  });
});

describe('OPTIONS /decode', () => {
  const preflight = (from: string) =>
    aDecoder().app.request(`http://${host}/decode`, {
      method: 'OPTIONS',
      headers: {
        Host: host,
        Origin: from,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,x-namespace',
      },
    });

  test('allows the Web UI, and its headers', async () => {
    const { status, headers } = await preflight(origin);

    expect(status).toBe(204);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain('x-namespace');
  });

  test('allows nobody else', async () => {
    const { status, headers } = await preflight('https://attacker.example');

    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([403, null]);
  });
});

describe('POST /encode', () => {
  test("answers Temporal's command line, which has nothing to encrypt for a query", async () => {
    const response = await aDecoder().ask({}, {}, '/encode');

    expect([response.status, await response.json()]).toEqual([200, { payloads: [] }]);
  });

  test('encrypts nothing: a workflow would take it for a command of the service', async () => {
    const response = await aDecoder().ask({ payloads: [plain] }, {}, '/encode');

    expect([response.status, await response.json()]).toEqual([403, { error: 'nothing is encrypted here' }]);
  });
});

test.each(['/', '/health'])('POST %s is not there', async (path) => {
  const response = await aDecoder().ask({ payloads: [plain] }, {}, path);

  expect(response.status).toBe(404);
});

describe('with an issuer', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const another = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let issuer = '';
  let isUp = true;
  const provider = createServer(async (request, response) => {
    if (!isUp) return void response.writeHead(500).end();
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'of-issuer', alg: 'ES256' }];
    const answer = request.url === '/keys' ? { keys } : { issuer, jwks_uri: `${issuer}/keys` };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
  beforeAll(async () => {
    await once(provider.listen(0, '127.0.0.1'), 'listening');
    issuer = `http://127.0.0.1:${portOf(provider.address())}`;
  });
  afterAll(() => void provider.close());

  type Change = { by?: typeof privateKey; issuer?: string; audience?: string; expires?: string; claims?: object };

  const aToken = ({ by = privateKey, expires = '5m', ...change }: Change = {}) =>
    new SignJWT({ permissions: ['conference:read'], ...change.claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'of-issuer' })
      .setSubject('olga')
      .setIssuer(change.issuer ?? issuer)
      .setAudience(change.audience ?? 'temporal-ui')
      .setExpirationTime(expires)
      .sign(by);

  const aProduction = () => {
    const operators = createOperators({ issuer, audience: 'temporal-ui', namespace: 'conference' });
    return aDecoder({ operators, hosts: undefined });
  };

  test.each([
    ['conference:read'],
    ['conference:write'],
    ['conference:admin'],
    ['temporal-system:admin'],
    ['others:read', 'conference:read'],
  ])('an operator with the permission %s is answered, and named in the log', async (...permissions) => {
    const { ask, lines } = aProduction();
    const token = await aToken({ claims: { permissions } });

    const response = await ask(
      { payloads: [await sealed()] },
      { Authorization: `Bearer ${token}`, Host: 'codec.example.org' },
    );

    expect([response.status, await response.json()]).toEqual([200, { payloads: [plain] }]);
    expect(lines).toMatchObject([{ operator: 'olga', workflowIds: ['submission-1'] }]);
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ['no token', async () => undefined],
    ['what is no token', async () => 'Bearer olga'],
    ['another scheme', async () => `Basic ${await aToken()}`],
    ['a key that is not of the issuer', async () => `Bearer ${await aToken({ by: another.privateKey })}`],
    ['another issuer', async () => `Bearer ${await aToken({ issuer: 'https://attacker.example' })}`],
    ['another audience', async () => `Bearer ${await aToken({ audience: 'a-shop' })}`],
    ['a token that has expired', async () => `Bearer ${await aToken({ expires: '-1m' })}`],
    ['no permission', async () => `Bearer ${await aToken({ claims: { permissions: undefined } })}`],
    ['a permission for others', async () => `Bearer ${await aToken({ claims: { permissions: ['others:admin'] } })}`],
    [
      'the permission of a worker',
      async () => `Bearer ${await aToken({ claims: { permissions: ['conference:worker'] } })}`,
    ],
    [
      'a permission that is no list',
      async () => `Bearer ${await aToken({ claims: { permissions: 'conference:read' } })}`,
    ],
    ['no signature', async () => `Bearer ${unsigned({ iss: issuer, aud: 'temporal-ui', sub: 'olga', exp: 9e9 })}`],
  ])('%s is refused', async (_, authorization) => {
    const { ask } = aProduction();
    const given = await authorization();

    const response = await ask({ payloads: [await sealed()] }, given === undefined ? {} : { Authorization: given });

    const encoded = await ask({}, given === undefined ? {} : { Authorization: given }, '/encode');

    expect([response.status, await response.json()]).toEqual([401, { error: 'no token of an operator' }]);
    expect(encoded.status).toBe(401);
  });

  test('nobody is answered while it is down, and everybody again when it is back', async () => {
    const { ask } = aProduction();
    const authorization = { Authorization: `Bearer ${await aToken()}` };

    isUp = false;
    const down = await ask({ payloads: [] }, authorization);
    isUp = true;
    const back = await ask({ payloads: [] }, authorization);

    expect([down.status, back.status]).toEqual([503, 200]);
  });
});

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || !address) throw new Error('it listens on no port');
  return address.port;
}

function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ ...claims, permissions: ['conference:read'] })}.`;
}
