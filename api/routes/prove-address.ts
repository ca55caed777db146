import { proofRequest } from '../../contract/http/requests.ts';
import { proofSchema } from '../../contract/http/speaker-answers.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { done } from '../http/done.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { route } from '../routing/route.ts';
import { aSpeakerToken } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export const proveAddress = route(
  {
    route: 'POST /api/submissions/{id}/proof',
    operationId: 'proveAddress',
    who: 'proof',
    summary: 'Prove an address, or refuse it',
    description:
      'With the token that a mail has brought, by a press of a button: whoever reads the mail says whether the submission is theirs. Until then, no mail about it has a word of the submitter.',
    takes: { body: { ProofRequest: proofRequest }, example: { answer: 'mine' } },
    gives: { 200: { body: { Proof: proofSchema }, example: { speakerToken: aSpeakerToken } } },
    refuses: ['not-found', 'erased', ...commandRefusals.prove],
  },
  ({ speakerCommands, tokens, reader }: SubmissionDependencies) =>
    async (asked) => {
      const { id, number, body, deadline, key, refuse } = asked;
      await assertPreconditions(asked, nothingThere);
      const command = { address: number, answer: body.answer };
      const { generation, wasProved } = done(
        await speakerCommands.prove(id, command, { deadline, key, refuse }),
        refuse,
      );
      // It may have left the selection: no older copy is shown to whoever comes back.
      if (body.answer === 'not-mine') reader.drop(id);
      const speakerToken = generation === undefined ? undefined : tokens.of(id, generation);
      return { status: 200, body: omitUndefined({ speakerToken, wasProved }) };
    },
);
