/** All routes of the gateway. */
import { announce, cancelAnnouncement, readAnnouncement } from './announcements.ts';
import { attendance } from './attendance.ts';
import { cancelAttendance } from './cancel-attendance.ts';
import { closeCall, readClosing, readLeftOpen } from './closings.ts';
import { answerInvitation, readInvitation } from './co-speaker.ts';
import { correctAddress } from './correct-address.ts';
import { decideSubmission } from './decide-submission.ts';
import { declareConflict } from './declare-conflict.ts';
import { eraseSubmission } from './erase-submission.ts';
import { listChanges, listCommands } from './feeds.ts';
import { handOver } from './hand-over.ts';
import { listSubmissions } from './list-submissions.ts';
import { listMessages, resolveMessage } from './messages.ts';
import { moveDeadline } from './move-deadline.ts';
import { poll } from './poll.ts';
import { previewTemplate } from './preview-template.ts';
import { changeProposal, readProposal } from './proposal.ts';
import { proveAddress } from './prove-address.ts';
import { readCall } from './read-call.ts';
import { readDescription } from './read-description.ts';
import { readPublicCall } from './read-public-call.ts';
import { readSubmission } from './read-submission.ts';
import { readTalks } from './read-talks.ts';
import { readVersions } from './read-versions.ts';
import { setReminders } from './reminders.ts';
import { reopenSubmission } from './reopen-submission.ts';
import { requestAccess } from './request-access.ts';
import { reviewSubmission } from './review-submission.ts';
import { setProcessing } from './set-processing.ts';
import { submit } from './submit.ts';
import { endTokens, undoAddress } from './tokens.ts';
import { triggerOnAnnouncement } from './trigger.ts';
import { withdraw } from './withdraw.ts';

/** For speakers, and for anyone with a status URL. */
export const submissionRoutes = [
  readPublicCall,
  submit,
  poll,
  withdraw,
  attendance,
  readProposal,
  changeProposal,
  proveAddress,
  readInvitation,
  answerInvitation,
  handOver,
  undoAddress,
  endTokens,
  setReminders,
  requestAccess,
  readTalks,
];

/** For organisers and reviewers, through the gate. */
export const organiserRoutes = [
  readCall,
  listSubmissions,
  readSubmission,
  readVersions,
  reviewSubmission,
  declareConflict,
  decideSubmission,
  moveDeadline,
  correctAddress,
  cancelAttendance,
  setProcessing,
  reopenSubmission,
  eraseSubmission,
  announce,
  triggerOnAnnouncement,
  readAnnouncement,
  cancelAnnouncement,
  readLeftOpen,
  closeCall,
  readClosing,
  listMessages,
  resolveMessage,
  previewTemplate,
  listChanges,
  listCommands,
];

export const descriptionRoutes = [readDescription];

/** The definitions, in the order of the OpenAPI document. */
export const definitions = [...submissionRoutes, ...organiserRoutes, ...descriptionRoutes].map(
  ({ definition }) => definition,
);
