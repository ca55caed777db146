import type { Logger } from 'pino';
import type { Call } from '../../contract/call/call.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { createIds } from '../ids.ts';
import type { Gate } from '../people/gate.ts';
import type { StatusReader } from '../status/status-reader.ts';
import type { Watchers } from '../status/watchers.ts';
import type { OperationAnswers } from './operation-answers.ts';

type Shared = {
  call: Call;
  ids: ReturnType<typeof createIds>;
  /** URL of the folder with the runbook's pages. */
  runbook: string | undefined;
  reader: StatusReader;
  watchers: Watchers;
  now: () => Date;
};

/** Dependencies of the organisers' and reviewers' routes, which reach submissions only through the gate. */
export type OrganiserDependencies = Shared & {
  publicUrl: string;
  gate: Gate;
  operationAnswers: OperationAnswers;
  /** Deletes the messages about a submission that this process can see as files. */
  forgetMessages: (id: SubmissionId) => Promise<void>;
  log: Pick<Logger, 'error'>;
};
