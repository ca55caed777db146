import { fileURLToPath } from 'node:url';
import type { Call } from '../contract/call/call.ts';
import type { StackConfig } from '../process/settings/stack-config.ts';

/** What a newcomer needs next. Its last line is for programs: it says that a submission would be processed. */
export function welcome(config: StackConfig, call: Call, organiserToken: string | undefined): string {
  const talk = fileURLToPath(new URL('../examples/talk.json', import.meta.url));
  const { connectionOptions, namespace } = config.temporal;
  return [
    '',
    `  ${call.name}`,
    `  API        ${config.publicUrl}/api/submissions`,
    `  Reference  ${config.publicUrl}/reference`,
    config.embedded
      ? `  Temporal   http://${config.embedded.host}:${config.embedded.uiPort}/namespaces/${namespace}/workflows`
      : `  Temporal   ${connectionOptions.address}, namespace ${namespace}`,
    `  Data, logs ${config.dataDir}`,
    ...(config.outbox ? [`  E-mails    no SMTP_URL is set: they are files in ${config.outbox}`] : []),
    '',
    '  Submit a talk, then follow the Location in the answer:',
    `    curl -i ${config.publicUrl}/api/submissions -H 'Content-Type: application/json' --data '@${talk}'`,
    '  or, in this checkout, let the client do both:',
    `    npm run cfs -- submit examples/talk.json --server ${config.publicUrl}`,
    ...(organiserToken
      ? [
          '  The organisers have a token:',
          `    npm run cfs -- list --token-file '${organiserToken}' --server ${config.publicUrl}`,
        ]
      : []),
    '',
    `ready ${config.publicUrl}`,
  ].join('\n');
}
