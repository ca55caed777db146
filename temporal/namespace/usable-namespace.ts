import { type ConnectionLike, isGrpcServiceError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { searchAttributes } from '../../contract/workflow/search-attributes.ts';
import { SetupError } from '../../process/setup-error.ts';

type Server = { connection: Pick<ConnectionLike, 'operatorService'>; namespace: string };

/** @throws SetupError with the command that fixes it, or the client's error if there is no answer */
export async function assertUsableNamespace(server: Server): Promise<void> {
  const types = await typesIn(server);
  if (types === undefined) return;
  const wrong = searchAttributes.filter(
    ({ name, type }) => types[name] !== encodeSearchAttributeIndexedValueType(type),
  );
  if (wrong.length === 0) return;
  const { namespace } = server;
  const removed = wrong.filter(({ name }) => types[name] !== undefined).map(({ name }) => `--name ${name}`);
  const created = wrong.map(({ name, type }) => `--name ${name} --type ${TypedSearchAttributes.toMetadataType(type)}`);
  throw new SetupError(
    [
      `Temporal's namespace ${namespace} lacks search attributes of the service, or has them with another type. Register them:`,
      ...(removed.length === 0 ? [] : [command('search-attribute remove', namespace, [...removed, '--yes'])]),
      command('search-attribute create', namespace, created),
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
    const make = command('namespace create', namespace, ['--retention 7d']);
    throw new SetupError(`Temporal has no namespace ${namespace}: set TEMPORAL_NAMESPACE, or create it:\n${make}`, {
      cause,
    });
  }
}

function command(what: string, namespace: string, options: readonly string[]): string {
  return `  temporal operator ${what} --namespace ${namespace} ${options.join(' ')}`;
}

// google.rpc.Code
const notFound = 5;
const permissionDenied = 7;
const unimplemented = 12;
const unanswered = new Set<number>([permissionDenied, unimplemented]);
