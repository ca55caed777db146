import type { WorkflowClientInterceptor } from '@temporalio/client';
import { type Tracing, traced, traceparentNow } from '../../process/tracing/tracing.ts';
import { withTrace } from './trace-header.ts';

/** Spans for what the client asks of workflows, handed on to them in a header. For what isn't traced, there is none. */
export function clientSpans(tracing: Tracing): WorkflowClientInterceptor {
  const ask = <Value>(name: string, act: (traceparent?: string) => Promise<Value>): Promise<Value> => {
    const parent = traceparentNow();
    return parent === undefined ? act() : traced(tracing, name, { kind: 'client', parent }, act);
  };

  return {
    startWithDetails: (input, next) =>
      ask(`StartWorkflow:${input.workflowType}`, (trace) => next(withTrace(input, trace))),
    signalWithStart: (input, next) =>
      ask(`SignalWithStartWorkflow:${input.workflowType}`, (trace) => next(withTrace(input, trace))),
    signal: (input, next) => ask(`SignalWorkflow:${input.signalName}`, (trace) => next(withTrace(input, trace))),
    startUpdate: (input, next) => ask(`UpdateWorkflow:${input.updateName}`, (trace) => next(withTrace(input, trace))),
    query: (input, next) => ask(`QueryWorkflow:${input.queryType}`, () => next(input)),
  };
}
