import { fileURLToPath } from 'node:url';
import type { Call } from '../contract/call/call.ts';
import type { StackConfig } from '../process/settings/stack-config.ts';

/** Programs wait for its last line: submissions are processed from then on. */
export function welcome(config: StackConfig, call: Call, organiserToken: string | undefined): string {
  const talk = fileURLToPath(new URL('../examples/talk.json', import.meta.url));
  const { connectionOptions, namespace } = config.temporal;
  return [
    '',
    `  ${call.name}`,
    `  Pages      ${config.publicUrl}/`,
    `  API        ${config.publicUrl}/api/submissions`,
    `  Reference  ${config.publicUrl}/reference`,
    config.embedded
      ? `  Temporal   http://${config.embedded.host}:${config.embedded.uiPort}/namespaces/${namespace}/workflows`
      : `  Temporal   ${connectionOptions.address}, namespace ${namespace}`,
    `  Data, logs ${config.dataDir}`,
    ...(config.outbox ? [`  E-mails    no SMTP_URL is set: they are files in ${config.outbox}`] : []),
    '',
    '  Submit a talk, then poll the Location of the response:',
    `    curl -i ${config.publicUrl}/api/submissions -H 'Content-Type: application/json' --data '@${talk}'`,
    '  or let the client do both, in this checkout:',
    `    npm run cfs -- submit examples/talk.json --server ${config.publicUrl}`,
    ...(organiserToken
      ? [
          '  Use the token of the organisers:',
          `    npm run cfs -- list --token-file '${organiserToken}' --server ${config.publicUrl}`,
        ]
      : []),
    '',
    `ready ${config.publicUrl}`,
  ].join('\n');
}
