import type { Context } from 'hono';
import type { SpeakerTokens } from '../../process/speaker-tokens.ts';
import type { Store } from '../../store/store.ts';
import type { Commands } from '../../temporal/commands.ts';
import type { Admission } from '../limits/admission.ts';
import type { Guesses } from '../limits/guesses.ts';
import type { Limits } from '../limits/limits.ts';
import type { ReadHeld } from '../people/read-held.ts';
import type { SpeakerCommands } from '../people/speaker-commands.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { SeenBySpeaker } from '../status/seen-by-speaker.ts';
import type { StatusAnswers } from '../status/status-answers.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/** Dependencies of the routes for speakers and pollers, which don't use the gate. */
export type SubmissionDependencies = Pick<
  OrganiserDependencies,
  'call' | 'ids' | 'runbook' | 'reader' | 'watchers' | 'now'
> & {
  submissions: Pick<RecordedSubmissions, 'start' | 'find' | 'withdraw' | 'isOnRecord'>;
  commands: Pick<Commands, 'answer' | 'setReminders' | 'handOver' | 'edit' | 'recordOf'>;
  speakerCommands: SpeakerCommands;
  readHeld: ReadHeld;
  store: Pick<Store, 'records' | 'list' | 'talks' | 'accessRequests'>;
  seenBySpeaker: SeenBySpeaker;
  answers: StatusAnswers;
  tokens: SpeakerTokens;
  limits: Limits;
  guesses: Guesses;
  admit: Admission;
  wakeAccess: () => void;
  addressOf: (c: Context) => string;
  /** Told for how many milliseconds a request was held. */
  noteHeld?: ((c: Context, milliseconds: number) => void) | undefined;
};
