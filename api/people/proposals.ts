/** The speaker's own submission: what they have submitted, as it stands, and what they may do with it. */
import { type Call, rulesOf } from '../../contract/call/call.ts';
import type { EditRules } from '../../contract/call/edit-rules.ts';
import type { EditableField } from '../../contract/call/editable-fields.ts';
import type { coSpeakerAnswers, ProposalDocument } from '../../contract/http/proposal.ts';
import { isSettled } from '../../contract/http/settled.ts';
import { mayStillChangeAddress } from '../../contract/lifecycle/change-address.ts';
import { type Editable, editable } from '../../contract/lifecycle/editable.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { editionOf, generationOf, type SubmissionRecord } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Listed } from '../../store/list/list.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { Commands } from '../../temporal/commands.ts';
import type { Refuse } from '../http/refusal.ts';
import { readRecord } from '../status/read-record.ts';

export type ProposalDependencies = {
  call: Call;
  store: Pick<Store, 'records' | 'list'>;
  commands: Pick<Commands, 'recordOf'>;
  now: () => Date;
};

type Asker = {
  id: SubmissionId;
  generation: number;
  deadline: Deadline;
  refuse: Refuse<'unauthorized' | 'not-found' | 'erased'>;
};

export type StandingProposal = Pick<SubmissionRecord, 'submission' | 'state'> & {
  editRules: EditRules;
  flags?: Listed['flags'] | undefined;
};

export function createProposals({ call, store, commands, now }: ProposalDependencies) {
  // Those that a submission was started with are in its workflow alone: where it is gone, they no longer decide anything.
  const rulesNow = rulesOf(call);
  const mayEdit = ({ state, editRules }: Pick<StandingProposal, 'state' | 'editRules'>) =>
    editable(state, editRules, now().toISOString());

  return {
    mayEdit,

    /** @throws TemporalUnavailableError where it is unknown whether the token has ended (contract H40) */
    async read(asker: Asker): Promise<StandingProposal> {
      const { generation, refuse } = asker;
      const standing = await find(asker);
      if (standing === undefined) return refuse('not-found');
      return generation === generationOf(standing.state) ? standing : refuse('unauthorized');
    },

    documentOf({ submission, state, editRules, flags = [] }: StandingProposal): ProposalDocument {
      const { addresses = [], pendingAddress, proved, noReminders, coSpeakers: invited = [] } = state;
      const may = mayEdit({ state, editRules });
      const answerOf = (email: string): (typeof coSpeakerAnswers)[number] => {
        const one = invited.find((known) => known.email === email);
        return one === undefined ? 'not-invited' : (one.answer ?? 'invited');
      };
      const about: ProposalDocument['about'] = omitUndefined({
        isProved: proved === true,
        pendingAddress: pendingAddress && addresses[pendingAddress.number],
        editable: fieldsOf(may, state),
        editableUntil: 'over' in may ? may.over : may.until,
        reminders: noReminders ? ('off' as const) : ('on' as const),
        isOverLimit: flags.some(({ flag }) => flag === 'over-limit') ? (true as const) : undefined,
        coSpeakers: (submission.coSpeakers ?? []).map(({ email }) => ({ email, answer: answerOf(email) })),
      });
      return { ...submission, version: editionOf(state), about };
    },
  };

  /** From the workflow, or once nothing of it changes any more, from the record. */
  async function find({ id, deadline, refuse }: Asker): Promise<StandingProposal | undefined> {
    const [found, kept] = await Promise.all([
      readRecord(store.records.find(id), deadline),
      readRecord(
        store.list.find(id, everything).then((item) => item ?? 'unknown'),
        deadline,
      ),
    ]);
    if (found?.kind === 'erased') return refuse('erased');
    const item = kept === 'unknown' ? undefined : kept;
    if (found?.kind === 'found' && isSettled(found.status) && item) return { ...item, editRules: rulesNow };
    const record = await commands.recordOf(id, deadline, item);
    if (record) return { editRules: rulesNow, ...record, flags: item?.flags };
    // Temporal deletes old workflows: only both together know that there is no such submission.
    if (kept === undefined)
      throw new TemporalUnavailableError('its workflow is gone, and its record could not be read');
    return item && { ...item, editRules: rulesNow };
  }
}

/** The address may be changed for as long as mail to it may follow, whatever is over for the text. */
function fieldsOf(may: Editable, state: SubmissionState): EditableField[] {
  const fields: readonly EditableField[] = 'over' in may ? [] : may.fields;
  if (!mayStillChangeAddress(state)) return fields.filter((field) => field !== 'speaker.email');
  return fields.includes('speaker.email') ? [...fields] : [...fields, 'speaker.email'];
}
