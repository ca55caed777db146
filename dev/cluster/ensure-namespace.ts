import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { searchAttributes } from '../../contract/workflow/search-attributes.ts';
import { ensureSearchAttributes } from '../temporal-readiness.ts';
import { until } from './until.ts';

type Server = { address: string; namespace: string };

/** The one of docker-compose.yml. */
const retention = '30d';

// google.rpc.Code
const alreadyExists = 6;

/** The server learns of a namespace, and then of its attributes, only seconds later: they are there once a query takes them. */
export async function ensureNamespace({ address, namespace }: Server): Promise<void> {
  const connection = Connection.lazy({ address });
  try {
    await until(() => register(connection, namespace), 'the namespace could not be made');
    await until(async () => {
      await ensureSearchAttributes({ connection, namespace });
      return true;
    }, 'the search attributes could not be made');
    await until(async () => {
      const queries = searchAttributes.map(({ name }) => `${name} is null`);
      await connection.workflowService.countWorkflowExecutions({ namespace, query: queries.join(' and ') });
      return true;
    }, 'the search attributes are not usable');
  } finally {
    await connection.close();
  }
}

async function register(connection: Connection, namespace: string): Promise<true> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(retention),
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== alreadyExists) throw error;
  }
  return true;
}
