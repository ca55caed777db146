import { changedFields, withAddressOf } from '../../contract/changed-fields.ts';
import { proposalPatchSchemaFor, proposalSchema } from '../../contract/http/proposal.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { editionOf } from '../../contract/record.ts';
import { type Conditional, noRevision } from '../../contract/workflow/commands.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { done } from '../http/done.ts';
import { underPreconditions } from '../http/preconditions.ts';
import { tagOf } from '../http/representation.ts';
import { createProposals, type StandingProposal } from '../people/proposals.ts';
import { createChangedProposal } from '../request/changed-proposal.ts';
import { idempotencyKeyOf } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-content.ts';
import { mergePatch } from '../request/merge-patch.ts';
import type { Asked } from '../routing/definition.ts';
import { route } from '../routing/route.ts';
import { proposalTo } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export const readProposal = route(
  {
    route: 'GET /api/submissions/{id}/proposal',
    operationId: 'readProposal',
    who: 'speaker',
    summary: 'Read back what was submitted',
    description: 'As it stands, with its version, and what may be edited until when.',
    gives: { 200: { body: { Proposal: proposalSchema }, example: proposalTo } },
    refuses: ['unauthorized', 'not-found', 'erased'],
  },
  (dependencies: SubmissionDependencies) => {
    const proposals = createProposals(dependencies);
    return async (asked) => ({ status: 200, body: proposals.documentOf(await proposals.read(asked)) });
  },
);

const definition = {
  route: 'PATCH /api/submissions/{id}/proposal',
  operationId: 'changeProposal',
  who: 'speaker',
  summary: 'Correct what was submitted',
  description:
    'A JSON Merge Patch (RFC 7396) of the proposal, under `If-Match`. The whole that comes of it is checked like a submit, and by the rules of the moderation; it counts once it is answered. Repeating it succeeds.',
  takes: {
    rawBody: { ProposalPatch: proposalPatchSchemaFor },
    mediaType: mergePatch.type,
    description: 'What changes: `null` removes a property',
    example: { title: 'What ninety days of waiting have taught us', notes: null },
  },
  gives: {
    200: {
      description: 'The proposal as it stands now',
      cache: 'tagged',
      body: { Proposal: proposalSchema },
      headers: { ETag: 'ETag' },
      example: proposalTo,
    },
  },
  refuses: ['not-found', 'erased', 'precondition-required', ...commandRefusals.edit],
} as const;

export const changeProposal = route(definition, (dependencies: SubmissionDependencies) => {
  const { call, commands } = dependencies;
  const changedProposal = createChangedProposal(call);
  const proposals = createProposals(dependencies);

  return async (asked) => {
    const { c, refuse } = asked;
    const patch = await readJson(c.req, mergePatch);
    const key = idempotencyKeyOf(c);
    if (c.req.header('If-Match') === undefined) return refuse('precondition-required');
    let standing = await proposals.read(asked);
    let isFresh = true;
    const seen = async () => {
      if (!isFresh) standing = await proposals.read(asked);
      isFresh = false;
      return { tag: tagOf(proposals.documentOf(standing)), revision: editionOf(standing.state) };
    };
    const body = await underPreconditions(asked, seen, (condition) =>
      change(asked, standing, { patch, key, condition }),
    );
    return { status: 200, body, headers: { ETag: tagOf(body) } };
  };

  /** What is as the patch makes it needs no change, whatever the request names: its answer was lost (contract H34). */
  async function change(asked: Asked<typeof definition>, standing: StandingProposal, { patch, key, condition }: Given) {
    const { id, generation, deadline, refuse } = asked;
    const document = proposals.documentOf(standing);
    const { submission, isChanged, givesUpAddress, readOnly } = changedProposal(
      standing.submission,
      document,
      patch,
      refuse,
    );
    const isMet = condition.onlyIf !== noRevision;
    if (isMet && readOnly.length > 0)
      return refuse('invalid-submission', { errors: readOnly.map((pointer) => ({ pointer, detail: 'is read-only' })) });
    if (!isChanged) return document;
    const { email } = submission.speaker;
    const text = withAddressOf(submission, standing.submission);
    const isSame = email === standing.submission.speaker.email;
    const other = isSame && !givesUpAddress ? undefined : email;
    // The address is pending already.
    const isAsMade = other !== undefined && other === document.about.pendingAddress;
    if (isAsMade && changedFields(standing.submission, text).length === 0) return document;
    const command = { ...omitUndefined({ submission: text, email: other }), generation, ...condition };
    const result = await commands.edit(id, command, { deadline, key });
    if (result.kind === 'over') return refuseLate(asked);
    done(result, refuse);
    // It may have invited co-speakers, or have another address pending: the answer has the tag of what a GET would read.
    return proposals.documentOf(await proposals.read(asked));
  }

  /** Its workflow has ended: what was told meanwhile says when it was over. */
  async function refuseLate(asked: Asked<typeof definition>): Promise<never> {
    const may = proposals.mayEdit(await proposals.read(asked));
    if ('over' in may) return asked.refuse('edits-over', { until: may.over });
    return asked.refuse(
      'temporarily-unavailable',
      {},
      { cause: new Error('it has ended, and its record says otherwise') },
    );
  }
});

type Given = { patch: unknown; key: string | undefined; condition: Conditional };
