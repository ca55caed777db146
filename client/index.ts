/** The client of a call for speakers, for every runtime with `fetch`. */
export { isTerminal } from '../contract/http/statuses.ts';
export { readTalks, requestAccess } from './access.ts';
export { cancel, confirm, decline } from './attendance.ts';
export type * from './documents.ts';
export { DeadlineError, RefusedError, UnexpectedAnswerError } from './errors.ts';
export { createOrganiser, type Filter, type Organiser } from './organiser/organiser.ts';
export { poll, waitForResult } from './poll.ts';
export { changeProposal, type ProposalPatch, readProposal, type StandingProposal } from './proposal.ts';
export type { Options } from './session.ts';
export { type Submitted, submit } from './submit.ts';
export { withdraw } from './withdraw.ts';
