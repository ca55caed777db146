import type { Payload } from '@temporalio/common';
import type { Sinks } from '@temporalio/workflow';

/** The name that Temporal's own interceptors use for a trace context, in all languages. The codec leaves headers as they are. */
export const traceHeader = '_tracer-data';

/** Out of a workflow, to the worker that runs it. @param since in milliseconds since 1970 */
export interface TraceSinks extends Sinks {
  traces: { reached(name: string, header: Payload, since: number): void };
}
