import { proofRequest } from '../../contract/http/requests.ts';
import { proofSchema } from '../../contract/http/speaker-answers.ts';
import { prove } from '../../contract/lifecycle/prove.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { done } from '../http/done.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { createGiveCommandLate } from '../people/give-command-late.ts';
import { route } from '../routing/route.ts';
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
    gives: {
      200: { body: { Proof: proofSchema }, example: { speakerToken: '1.3q2-7wJ0a1sYk7yqN8dXn2lV0o4m5b6c7d8e9f0g1h2' } },
    },
    refuses: ['not-found', 'erased', ...commandRefusals.prove],
  },
  ({ call, store, commands, tokens, reader, now }: SubmissionDependencies) => {
    const giveCommandLate = createGiveCommandLate({ call, store, commands });

    return async (asked) => {
      const { id, number, body, deadline, refuse } = asked;
      await assertPreconditions(asked, nothingThere);
      const command = { address: number, answer: body.answer };
      const at = now().toISOString();
      const given = {
        rule: prove,
        codes: commandRefusals.prove,
        command,
        at,
        inTime: () => commands.prove(id, command, { deadline }),
        forOne: { proves: { ...command, at } },
      };
      const { generation } = done(await giveCommandLate(id, given, deadline), refuse);
      // It may have left the selection: no older copy is shown to whoever comes back.
      if (body.answer === 'not-mine') reader.drop(id);
      return { status: 200, body: generation === undefined ? {} : { speakerToken: tokens.of(id, generation) } };
    };
  },
);
