import { isGrpcServiceError } from '@temporalio/client';
import { type Condition, down, up } from '../../process/health/condition.ts';

export async function conditionOf(call: () => Promise<unknown>): Promise<Condition> {
  try {
    await call();
    return up;
  } catch (error) {
    if (!isGrpcServiceError(error)) return down('failing');
    if (error.code === unavailable) return down('unreachable');
    return down(late.has(error.code) ? 'no answer' : 'refused');
  }
}

// google.rpc.Code: cancelled, deadline exceeded, resource exhausted.
const late = new Set<number>([1, 4, 8]);
const unavailable = 14;
