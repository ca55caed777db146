import { type ConnectionLike, isGrpcServiceError } from '@temporalio/client';
import { neededAttributes } from './search-attribute-types.ts';

type Server = { connection: Pick<ConnectionLike, 'operatorService'>; namespace: string };

/** Registers those that the namespace lacks. One of another type stays as it is. */
export async function registerAttributes({ connection, namespace }: Server): Promise<void> {
  // One by one: of several, some servers refuse all if they have one of them.
  for (const { name, number } of neededAttributes) {
    try {
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { [name]: number } });
    } catch (error) {
      if (!isGrpcServiceError(error) || error.code !== alreadyExists) throw error;
    }
  }
}

// google.rpc.Code
const alreadyExists = 6;
