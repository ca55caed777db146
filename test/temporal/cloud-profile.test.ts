import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import { readGatewayConfig } from '../../process/settings/gateway-config.ts';
import { readWorkerConfig } from '../../process/settings/worker-config.ts';
import { connect } from '../../temporal/connect.ts';
import { assertUsableNamespace } from '../../temporal/namespace/usable-namespace.ts';
import { idSecret } from '../support/fixtures.ts';
import '../support/quiet-sdk.ts';

type Call = {
  path: string | undefined;
  authorization: string | undefined;
  namespace: unknown;
  client: string | string[] | undefined;
};

/** google.rpc.Code: of an operation that Temporal Cloud doesn't have, like the registering of search attributes. */
const unimplemented = 12;

/** Not compressed, and of no bytes. */
const emptyMessage = Buffer.alloc(5);

const namespace = 'call-for-speakers.a1b2c';
const secrets = {
  ID_SECRET: idSecret,
  SPEAKER_TOKEN_KEYS: `1:${idSecret}`,
  PAYLOAD_KEYS: 'off',
  ACCESS_FILE: 'access.yaml',
};

let folder: string;
let server: Http2SecureServer;
let port: number;
const calls: Call[] = [];

/** What a cloud's front door sees of a caller. It lets everybody in, and answers nothing else. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), `call-for-speakers-cloud-${process.pid}-`));
  makeCertificates();
  const at = (name: string) => readFileSync(join(folder, name));
  server = createSecureServer({
    cert: at('server.pem'),
    key: at('server.key'),
    ca: at('ca.pem'),
    requestCert: true,
    rejectUnauthorized: false,
  });
  server.on('stream', (stream, headers) => {
    const socket = stream.session?.socket;
    const certificate = socket instanceof TLSSocket && socket.authorized ? socket.getPeerCertificate() : undefined;
    calls.push({
      path: headers[':path'],
      authorization: headers.authorization,
      namespace: headers['temporal-namespace'],
      client: certificate?.subject.CN,
    });
    const answer = { ':status': 200, 'content-type': 'application/grpc' };
    if (headers[':path']?.endsWith('/GetSystemInfo')) {
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.respond(answer, { waitForTrailers: true });
      stream.end(emptyMessage);
    } else stream.respond({ ...answer, 'grpc-status': String(unimplemented) }, { endStream: true });
  });
  port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

function makeCertificates() {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=an authority', '-days', '2');
  for (const name of ['server', 'client']) {
    openssl(
      'req',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=the ${name}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    );
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`);
  }
}

/** Connects as the gateway and as the worker do, by a profile of Temporal's own configuration file. */
async function connectBoth(profile: string[]) {
  const file = join(folder, 'temporal.toml');
  const lines = ['[profile.cloud]', `address = "127.0.0.1:${port}"`, `namespace = "${namespace}"`, ...profile];
  await writeFile(file, lines.join('\n'));
  const env = { ...secrets, TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'cloud' };

  calls.length = 0;
  const client = connect(readGatewayConfig(env).temporal);
  await client.workflow
    .getHandle('any')
    .describe()
    .catch((error: unknown) => error);
  await client.connection.close();
  const ofGateway = [...calls];

  calls.length = 0;
  const { connectionOptions } = readWorkerConfig(env).temporal;
  const connection = await NativeConnection.connect(connectionOptions);
  await assertUsableNamespace({ connection, namespace });
  await connection.close();
  return { ofGateway, ofWorker: [...calls] };
}

const tls = () => ['[profile.cloud.tls]', `server_ca_cert_path = "${join(folder, 'ca.pem')}"`];

describe('a profile of a cloud', () => {
  test('with an API key: every call of gateway and worker carries it', async () => {
    const { ofGateway, ofWorker } = await connectBoth(['api_key = "a-key"', ...tls()]);

    for (const one of [ofGateway, ofWorker]) {
      expect(one.length).toBeGreaterThan(0);
      expect(new Set(one.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a-key']));
    }
    // By which a front door that serves many namespaces finds the right one.
    const aboutWorkflows = ofGateway.filter(({ path }) => path?.endsWith('/DescribeWorkflowExecution'));
    expect(aboutWorkflows.map((one) => one.namespace)).toEqual([namespace]);
  });

  test('with a certificate: the server knows the client by it', async () => {
    const { ofGateway, ofWorker } = await connectBoth([
      ...tls(),
      `client_cert_path = "${join(folder, 'client.pem')}"`,
      `client_key_path = "${join(folder, 'client.key')}"`,
    ]);

    for (const one of [ofGateway, ofWorker]) {
      expect(one.length).toBeGreaterThan(0);
      expect(new Set(one.map(({ client }) => client))).toEqual(new Set(['the client']));
      expect(one.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    }
  });

  test('whose server is not the one of the certificate gets no call at all', async () => {
    const client = join(folder, 'client.pem');

    await expect(
      connectBoth(['api_key = "a-key"', '[profile.cloud.tls]', `server_ca_cert_path = "${client}"`]),
    ).rejects.toThrow();

    expect(calls).toEqual([]);
  });
});
