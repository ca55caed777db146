import { omitUndefined } from '../omit-undefined.ts';
import type { CallRules } from './rules.ts';

/** What the speaker may edit, and until when. */
export type EditRules = Pick<CallRules, 'editsUntil' | 'editsAfterAcceptance'> & {
  attendance?: Pick<NonNullable<CallRules['attendance']>, 'cancelUntil'> | undefined;
};

export function editRulesOf({ editsUntil, editsAfterAcceptance, attendance }: EditRules): EditRules {
  const { cancelUntil } = attendance ?? {};
  return omitUndefined({
    editsUntil,
    editsAfterAcceptance,
    attendance: cancelUntil === undefined ? undefined : { cancelUntil },
  });
}
