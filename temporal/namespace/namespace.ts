/** `npm run namespace` makes the namespace of the service and its search attributes, where they are missing. */
import { runProcess } from '../../process/run-process.ts';
import { readNamespaceConfig } from '../../process/settings/namespace-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { SetupError } from '../../process/setup-error.ts';
import { isUnavailable } from '../bounded-calls.ts';
import { connect } from '../connect.ts';
import { prepareNamespace } from './prepare-namespace.ts';

await runProcess('namespace', async (stopping) => {
  const config = readNamespaceConfig(environment());
  const { connection, options } = connect({ ...config, payloadKeys: ['off'] });
  const { namespace } = options;
  const lines = await prepareNamespace({ connection, namespace }, stopping).catch((cause: unknown) => {
    if (!isUnavailable(cause)) throw cause;
    const { address = 'its usual address' } = config.connectionOptions;
    throw new SetupError(`No Temporal answers at ${address}: start it, or set TEMPORAL_ADDRESS`, { cause });
  });
  process.stdout.write(`${lines.join('\n')}\n`);
  return { stop: () => connection.close(), ended: Promise.resolve() };
});
