import { setTimeout as delay } from 'node:timers/promises';
import { type ConnectionLike, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { SetupError } from '../../process/setup-error.ts';
import { namespaceCommands, retentionDays } from './namespace-commands.ts';
import { registerAttributes } from './register-attributes.ts';
import { type NeededAttribute, neededAttributes } from './search-attribute-types.ts';
import { assertUsableNamespace } from './usable-namespace.ts';

type Server = { connection: Pick<ConnectionLike, 'operatorService' | 'workflowService'>; namespace: string };

/** Milliseconds. A server learns of a namespace, and of its attributes, by a look every 10 s at most. */
const patience = 60_000;

/** Milliseconds between two tries. */
const interval = 250;

/** Milliseconds. */
const day = 86_400_000;

/**
 * Makes the namespace and the search attributes that it lacks. What is there already stays as it is.
 *
 * @returns what it did, a line each
 * @throws SetupError with the step that is left to the operator
 */
export async function prepareNamespace(server: Server, stopping: AbortSignal): Promise<string[]> {
  const { namespace } = server;
  const isNew = await createNamespace(server);
  const missing = await eventually(() => missingIn(server));
  if (missing.length > 0) await eventually(() => register(server));
  await eventually(() => assertSearchable(server));
  await assertUsableNamespace(server);
  const names = missing.map(({ name, type }) => `${name} (${type})`);
  return [
    isNew
      ? `The namespace ${namespace} is new. It keeps what has ended for ${retentionDays} days.`
      : `The namespace ${namespace} was there.`,
    names.length > 0 ? `New search attributes: ${names.join(', ')}.` : 'All search attributes were there.',
  ];

  async function eventually<Value>(attempt: () => Promise<Value>): Promise<Value> {
    const giveUpAt = performance.now() + patience;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const isSoon = isGrpcServiceError(error) && unknownYet.has(error.code);
        if (!isSoon || performance.now() > giveUpAt) throw error;
      }
      await delay(interval, undefined, { signal: stopping });
    }
  }
}

/** @returns whether it is new */
async function createNamespace({ connection, namespace }: Server): Promise<boolean> {
  const workflowExecutionRetentionPeriod = msToTs(retentionDays * day);
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return false;
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== notFound) throw error;
  }
  try {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    return true;
  } catch (error) {
    // Somebody else was quicker.
    if (isGrpcServiceError(error) && error.code === alreadyExists) return false;
    throw leftToOperators(error, `The namespace ${namespace} can't be created from here.`, namespace, {
      command: namespaceCommands(namespace).createInCloud,
      page: 'Namespaces › Create Namespace',
    });
  }
}

async function missingIn({ connection, namespace }: Server): Promise<NeededAttribute[]> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return neededAttributes.filter(({ name }) => customAttributes[name] === undefined);
  } catch (error) {
    throw cannotRegister(error, namespace);
  }
}

async function register(server: Server): Promise<void> {
  try {
    await registerAttributes(server);
  } catch (error) {
    throw cannotRegister(error, server.namespace);
  }
}

function cannotRegister(error: unknown, namespace: string): unknown {
  return leftToOperators(error, `Search attributes of ${namespace} can't be registered from here.`, namespace, {
    command: namespaceCommands(namespace).registerInCloud(neededAttributes),
    page: `Namespaces › ${namespace} › Custom Search Attributes`,
  });
}

/** Known is not yet usable: what can't be searched for can't be set either. */
async function assertSearchable({ connection, namespace }: Server): Promise<void> {
  const query = neededAttributes.map(({ name }) => `${name} IS NULL`).join(' AND ');
  await connection.workflowService.countWorkflowExecutions({ namespace, query });
}

type Step = { command: string; page: string };

/** Of Temporal Cloud, or where the credentials may not. Other errors stay what they are. */
function leftToOperators(error: unknown, what: string, namespace: string, { command, page }: Step): unknown {
  if (!isGrpcServiceError(error) || !refused.has(error.code)) return error;
  const again = `Then run \`${namespaceCommands(namespace).all}\` again: it checks them.`;
  return new SetupError(
    `${what} In Temporal Cloud, use its pages (${page}) or its tool; elsewhere, ask its administrator:\n  ${command}\n${again}`,
    { cause: error },
  );
}

// google.rpc.Code
const invalidArgument = 3;
const notFound = 5;
const alreadyExists = 6;
const permissionDenied = 7;
const unimplemented = 12;
const unknownYet = new Set<number>([invalidArgument, notFound]);
const refused = new Set<number>([permissionDenied, unimplemented]);
