import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors, InjectedSinks } from '@temporalio/worker';
import { type TraceSinks, traceHeader } from '../../contract/workflow/trace-sinks.ts';
import { type Tracing, traced } from '../../process/tracing/tracing.ts';
import { traceparentIn } from './trace-header.ts';

/** Spans for the activities of what is traced, each attempt one. The run says which workflow it is, and opens no door. */
export function activitySpans(tracing: Tracing) {
  return ({ info }: Context): ActivityInterceptors => ({
    inbound: {
      execute(input, next) {
        const parent = traceparentIn(input.headers);
        if (parent === undefined) return next(input);
        const attributes = {
          'temporal.run_id': info.workflowExecution?.runId,
          'temporal.workflow_type': info.workflowType,
          'temporal.attempt': info.attempt,
        };
        return traced(tracing, `RunActivity:${info.activityType}`, { kind: 'consumer', parent, attributes }, () =>
          next(input),
        );
      },
    },
  });
}

/** What workflows say of what has reached them: until the end of the task that took it. Without traces, it goes nowhere. */
export function workflowSpans(tracing?: Tracing): InjectedSinks<TraceSinks> {
  return {
    traces: {
      reached: {
        fn({ runId, workflowType }, name, header, since) {
          const parent = traceparentIn({ [traceHeader]: header });
          if (parent === undefined) return;
          const attributes = { 'temporal.run_id': runId, 'temporal.workflow_type': workflowType };
          tracing?.begin(name, { kind: 'consumer', parent, attributes, since })?.end();
        },
        callDuringReplay: false,
      },
    },
  };
}
