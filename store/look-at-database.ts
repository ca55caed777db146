import { type Condition, down, up } from '../process/health/condition.ts';
import type { Store } from './store.ts';
import { isUnreachable, NoAnswerError } from './unreachable.ts';

export async function lookAtDatabase({ ping }: Pick<Store, 'ping'>): Promise<Condition> {
  try {
    await ping();
    return up;
  } catch (error) {
    if (error instanceof NoAnswerError) return down('no answer');
    return down(isUnreachable(error) ? 'unreachable' : 'failing');
  }
}
