/** Hands on the trace context of whatever reached a workflow last to what it does next, be it days later: as it is, unread. */
import { type Headers, type Payload, proxySinks, type WorkflowInterceptors, workflowInfo } from '@temporalio/workflow';
import { type TraceSinks, traceHeader } from '../contract/workflow/trace-sinks.ts';

const { traces } = proxySinks<TraceSinks>();

/** One for each workflow. It adds no command: a history replays with and without a context in it. */
export function interceptors(): WorkflowInterceptors {
  let context: Payload | undefined;

  function reached({ headers }: { headers: Headers }, name: string, since = Date.now()): void {
    context = headers[traceHeader];
    if (context !== undefined) traces.reached(name, context, since);
  }

  const handOn = <Input extends { headers: Headers }, Result>(input: Input, next: (input: Input) => Result): Result =>
    next(context === undefined ? input : { ...input, headers: { ...input.headers, [traceHeader]: context } });

  return {
    inbound: [
      {
        execute(input, next) {
          const { workflowType, runStartTime } = workflowInfo();
          reached(input, `RunWorkflow:${workflowType}`, runStartTime.getTime());
          return next(input);
        },
        handleUpdate(input, next) {
          reached(input, `HandleUpdate:${input.name}`);
          return next(input);
        },
        handleSignal(input, next) {
          reached(input, `HandleSignal:${input.signalName}`);
          return next(input);
        },
      },
    ],
    outbound: [
      { scheduleActivity: handOn, scheduleLocalActivity: handOn, signalWorkflow: handOn, continueAsNew: handOn },
    ],
  };
}
