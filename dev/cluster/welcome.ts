import type { Cluster } from './cluster.ts';
import { host } from './cluster-ports.ts';

/** Programs wait for its last line: submissions are processed from then on. */
export function welcome({ url, ports, temporal, recordsUrl, folder, organiserToken }: Cluster): string {
  const operations = Object.entries(ports.operations).map(
    ([name, port]) => `  ${name.padEnd(10)} http://${host}:${port}`,
  );
  return [
    '',
    `  Pages, API ${url}/`,
    `  Gateways   ${ports.gateways.map((port) => `http://${host}:${port}`).join(', ')}`,
    `  Temporal   ${temporal.address}, namespace ${temporal.namespace}; metrics at http://${host}:${ports.temporalMetrics}/metrics`,
    `  Records    ${recordsUrl}`,
    `  Data, logs ${folder}`,
    `  Token      ${organiserToken}`,
    '',
    '  For operators and their programs:',
    ...operations,
    '',
    `ready ${url}`,
  ].join('\n');
}
