import { setFlagsFromString } from 'node:v8';

/**
 * Percent by which a heap may grow between two full collections. On a machine with much memory, V8 lets it grow up to
 * fourfold. So a gateway that reads 100,000 submissions went up and down between 370 and 530 MB, and stays at 350 with this;
 * a worker with 2,000 open ones takes 70 MB less. No CPU time was seen that it costs.
 */
const growth = 50;

/** For all threads of the process: the workflows' has a heap of its own, and takes no options from the worker. */
export function limitHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
}
