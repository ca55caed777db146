import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { stringify } from 'yaml';
import { hashOf } from '../api/people/access.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { environment } from '../process/settings/read-settings.ts';
import { createSpeakerTokens } from '../process/speaker-tokens.ts';
import { registerAttributes } from '../temporal/namespace/register-attributes.ts';
import { freePort } from './ports.ts';
import { createStack } from './stack.ts';
import { testConverter, testKeysSetting } from './test-keys.ts';

const host = '127.0.0.1';
const namespace = 'default';
const secret = 'a-secret-for-one-run-of-32-or-more-characters';
const tokens = createSpeakerTokens([{ id: '1', secret }]);
const organiserToken = 'the-token-of-an-organiser-for-one-run';

/** For tests and the bench: a stack on free ports, whose folder is removed at its end. */
export async function createTemporaryStack(program: string, stopping: AbortSignal, database = '') {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-stack-${process.pid}-`));
  const embedded = { host, port: await freePort(), uiPort: await freePort(), codecPort: await freePort(), namespace };
  const { port, uiPort } = embedded;
  const address = `${host}:${port}`;
  let parts = 0;

  const stack = createStack({
    temporal: { connectionOptions: { address }, namespace },
    env: {
      ...environment(),
      TEMPORAL_ADDRESS: address,
      DATA_DIR: folder,
      DATABASE_URL: database,
      PAYLOAD_KEYS: testKeysSetting,
    },
    logFile: (part) => {
      parts += 1;
      return join(folder, `${part}-${parts}.log`);
    },
    stopping,
  });

  return {
    ...stack,
    folder,
    /** Of Temporal's Web UI. */
    webUi: `http://${host}:${uiPort}`,
    /** Of Temporal. */
    address,
    /** URL or file of the records. */
    database: database || join(folder, 'records.db'),
    client: new Client({ connection: stack.server.connection, namespace, dataConverter: testConverter }),

    async startTemporal() {
      const part = await stack.startTemporal(program, embedded, join(folder, 'temporal.db'));
      await registerAttributes(stack.server);
      return part;
    },

    /** So that the Web UI shows clear text. */
    startCodecServer: () => stack.startCodecServer(embedded, {}),

    /** What the receipt of a submission brings. */
    proofTokenOf: (id: SubmissionId) => tokens.ofPurpose('proof', id, 0),

    startWorker: (module?: URL, settings: Record<string, string> = {}) =>
      stack.startWorker({ SPEAKER_TOKEN_KEYS: `1:${secret}`, ...settings }, module),

    async startGateway(call: object, module?: URL, more: Record<string, string> = {}) {
      const gatewayPort = await freePort();
      const callFile = join(folder, `call-${gatewayPort}.yaml`);
      await writeFile(callFile, stringify(call));
      const accessFile = join(folder, 'access.yaml');
      const people = [{ name: 'Olga', role: 'organiser', token: hashOf(organiserToken) }];
      await writeFile(accessFile, stringify({ people }));
      const settings = {
        PORT: String(gatewayPort),
        PUBLIC_URL: '',
        CALL_FILE: callFile,
        ACCESS_FILE: accessFile,
        ID_SECRET: secret,
        SPEAKER_TOKEN_KEYS: `1:${secret}`,
        RATE_LIMITS: 'off',
        ...more,
      };
      const url = `http://${host}:${gatewayPort}`;
      const part = await stack.startGateway(settings, module);
      return Object.assign(part, { organiserToken, tokenSecret: secret, url, callFile });
    },

    async stop() {
      await stack.stop();
      await rm(folder, { recursive: true });
    },
  };
}
