import { type Call, editsUntil } from '../../../contract/call/call.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { isTerminal } from '../../../contract/http/statuses.ts';
import type { StepName } from './actions.ts';

type Seen = {
  call: Pick<Call, 'attendance' | 'closes' | 'edits' | 'editsAfterAcceptance'>;
  status: StatusDocument;
  now: Date;
};

/** Whether a step is offered. The workflow decides whether it is taken. */
export function mayTake(step: StepName, { call, status, now }: Seen): boolean {
  const attendance = status.result?.attendance;
  const until = call.attendance?.cancelUntil;
  const offered = {
    withdraw: !isTerminal(status),
    decline: attendance === 'awaited',
    cancel: attendance === 'confirmed' && until !== undefined && now < new Date(until),
    'end-links': true,
  } satisfies Record<StepName, boolean>;
  return offered[step];
}

/** Whether the form to change it is offered: by dates, and by what was told. */
export function mayEdit(seen: Seen): boolean {
  const { call, status, now } = seen;
  if (!isTerminal(status)) return now < new Date(editsUntil(call));
  const isComing = status.result?.attendance === 'awaited' || mayTake('cancel', seen);
  return isComing && call.editsAfterAcceptance.length > 0;
}
