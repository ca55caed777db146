import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Call } from '../../contract/call/call.ts';
import { changedFields } from '../../contract/changed-fields.ts';
import { describeIssues } from '../../contract/http/issues.ts';
import { type ProposalDocument, proposalSchema } from '../../contract/http/proposal.ts';
import { type Submission, submissionSchemaFor } from '../../contract/submission.ts';
import type { Refuse } from '../http/refusal.ts';
import { isObject, patched } from './merge-patch.ts';

type Rules = Pick<Call, 'tracks' | 'formats' | 'consents'>;

/** `givesUpAddress`: it names the address that counts, in the place of one that is pending. */
export type ChangedProposal = {
  submission: Submission;
  isChanged: boolean;
  givesUpAddress: boolean;
  readOnly: string[];
};

export function createChangedProposal(call: Rules) {
  const schema = submissionSchemaFor(call);

  /** The submission that a patch makes of what stands. `readOnly`: what it would change and can't, if the patch is of today. */
  return function changedProposal(
    standing: Submission,
    document: ProposalDocument,
    patch: unknown,
    refuse: Refuse<'invalid-submission'>,
  ): ChangedProposal {
    const merged = patched(document, patch);
    const { version, about, ...content } = isObject(merged) ? merged : {};
    const whole = isObject(merged) ? withUnknown(content, patch) : merged;
    const read = schema.safeParse(whole);
    const result = read.success ? read : submissionSchemaFor(asItStands(call, standing, whole)).safeParse(whole);
    if (!result.success) return refuseInvalid(result.error, whole, refuse);
    const readOnly = [
      ...(version === document.version ? [] : ['/version']),
      ...(isDeepStrictEqual(about, document.about) ? [] : ['/about']),
    ];
    const { data: submission } = result;
    const isSameAddress = submission.speaker.email === standing.speaker.email;
    const givesUpAddress = isSameAddress && document.about.pendingAddress !== undefined && namesAddress(patch);
    const isChanged = givesUpAddress || changedFields(standing, submission).length > 0;
    return { submission, isChanged, givesUpAddress, readOnly };
  };
}

const namesAddress = (patch: unknown) => isObject(patch) && isObject(patch.speaker) && 'email' in patch.speaker;

const known = Object.keys(proposalSchema.shape);
const knownOfSpeaker = Object.keys(proposalSchema.shape.speaker.shape);

/** With what the patch removes and can't be there, which is refused: mistyped, it would be taken and change nothing. */
function withUnknown(content: Record<string, unknown>, patch: unknown): Record<string, unknown> {
  const given = isObject(patch) ? patch : {};
  const whole = { ...content, ...unknownIn(given, known) };
  if (!isObject(whole.speaker) || !isObject(given.speaker)) return whole;
  return { ...whole, speaker: { ...whole.speaker, ...unknownIn(given.speaker, knownOfSpeaker) } };
}

function unknownIn(given: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

/** The call's file may have changed since: what isn't edited stays as it was accepted. */
function asItStands({ tracks, formats, consents }: Rules, standing: Submission, whole: unknown): Rules {
  const given = isObject(whole) ? whole.consents : undefined;
  const isKept = isDeepStrictEqual(given, standing.consents);
  const accepted = Object.entries(standing.consents ?? {}).map(([id, version]) => ({ id, version, text: '' }));
  return {
    tracks: [...new Set([...tracks, standing.track])],
    formats: [...new Set([...formats, standing.format])],
    consents: isKept ? accepted : consents,
  };
}

function refuseInvalid(error: z.ZodError, content: unknown, refuse: Refuse<'invalid-submission'>): never {
  return refuse('invalid-submission', { errors: describeIssues(error.issues, content) });
}
