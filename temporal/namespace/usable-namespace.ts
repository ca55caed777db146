import { type ConnectionLike, isGrpcServiceError } from '@temporalio/client';
import { SetupError } from '../../process/setup-error.ts';
import { namespaceCommands } from './namespace-commands.ts';
import { neededAttributes } from './search-attribute-types.ts';

type Server = { connection: Pick<ConnectionLike, 'operatorService'>; namespace: string };

/** @throws SetupError with the command that fixes it, or the client's error if there is no answer */
export async function assertUsableNamespace(server: Server): Promise<void> {
  const types = await typesIn(server);
  if (types === undefined) return;
  const wrong = neededAttributes.filter(({ name, number }) => types[name] !== number);
  if (wrong.length === 0) return;
  const { namespace } = server;
  const commands = namespaceCommands(namespace);
  const removed = wrong.filter(({ name }) => types[name] !== undefined);
  throw new SetupError(
    [
      `Temporal's namespace ${namespace} lacks search attributes of the service, or has them with another type.`,
      ...(removed.length === 0
        ? [`Register them by \`${commands.all}\`, or by hand:`]
        : [`Remove those of another type, and register them by \`${commands.all}\`, or by hand:`]),
      ...(removed.length === 0 ? [] : [`  ${commands.remove(removed)}`]),
      `  ${commands.register(wrong)}`,
    ].join('\n'),
  );
}

/** `undefined` without permission to list them: then the first submission shows whether they exist. */
async function typesIn({ connection, namespace }: Server): Promise<Record<string, number> | undefined> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return customAttributes;
  } catch (cause) {
    if (isGrpcServiceError(cause) && unanswered.has(cause.code)) return undefined;
    if (!isGrpcServiceError(cause) || cause.code !== notFound) throw cause;
    const { all, create } = namespaceCommands(namespace);
    throw new SetupError(
      `Temporal has no namespace ${namespace}: set TEMPORAL_NAMESPACE, or create it by \`${all}\`, or by hand:\n  ${create}`,
      { cause },
    );
  }
}

// google.rpc.Code
const notFound = 5;
const permissionDenied = 7;
const unimplemented = 12;
const unanswered = new Set<number>([permissionDenied, unimplemented]);
