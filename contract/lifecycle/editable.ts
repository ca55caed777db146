import type { EditRules } from '../call/edit-rules.ts';
import { type EditableField, editableFields } from '../call/editable-fields.ts';
import { attendanceOf, conclusionOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';

/** `until`: the instant at which it ends by itself. `over`: the instant at which it did. */
export type Editable = { fields: readonly EditableField[]; until?: string } | { over: string };

/**
 * What the speaker may edit now. It depends on dates, and on what was told: never on what is decided, which the answer would
 * tell (contract H19, H43).
 *
 * @param now an ISO 8601 instant in UTC
 */
export function editable(state: SubmissionState, rules: EditRules, now: string): Editable {
  const kind = conclusionOf(state)?.kind;
  if (kind === undefined)
    return rules.editsUntil === undefined ? { over: state.createdAt } : whileBefore(rules.editsUntil, editableFields);
  const fields = rules.editsAfterAcceptance;
  const attendance = attendanceOf(state);
  if (kind !== 'accepted' || fields.length === 0) return { over: earlier(state.lastUpdatedAt, rules.editsUntil) };
  if (attendance?.answer === 'awaited')
    // The speaker's time stands still while the acceptance has not reached them.
    return attendance.isHeld || attendance.anew ? { fields } : whileBefore(attendance.due, fields);
  const { cancelUntil } = rules.attendance ?? {};
  if (attendance?.answer === 'confirmed' && cancelUntil !== undefined) return whileBefore(cancelUntil, fields);
  return { over: state.lastUpdatedAt };

  function whileBefore(instant: string, fields: readonly EditableField[]): Editable {
    const until = new Date(instant).toISOString();
    return now < until ? { fields, until } : { over: until };
  }
}

/** What was told ended it, if it was not over before. */
function earlier(told: string, editsUntil = told): string {
  const until = new Date(editsUntil).toISOString();
  return until < told ? until : told;
}
