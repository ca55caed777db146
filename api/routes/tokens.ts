import { tokenSchema } from '../../contract/http/speaker-answers.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { done } from '../http/done.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { route } from '../routing/route.ts';
import { aSpeakerToken } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

const gives = { 200: { body: { Token: tokenSchema }, example: { speakerToken: aSpeakerToken } } } as const;

export const endTokens = route(
  {
    route: 'POST /api/submissions/{id}/tokens',
    operationId: 'endTokens',
    who: 'speaker',
    summary: 'End all older tokens',
    description:
      'For the speaker: links of before stop working, those in mails too. The answer has the one that counts from now on.',
    gives,
    refuses: ['not-found', 'erased', ...commandRefusals.endTokens],
  },
  ({ speakerCommands, tokens }: SubmissionDependencies) =>
    async (asked) => {
      const { id, generation, deadline, refuse } = asked;
      await assertPreconditions(asked, nothingThere);
      const ended = done(await speakerCommands.endTokens(id, { generation }, { deadline, refuse }), refuse);
      return { status: 200, body: { speakerToken: tokens.of(id, ended.generation) } };
    },
);

export const undoAddress = route(
  {
    route: 'POST /api/submissions/{id}/address-undo',
    operationId: 'undoAddress',
    who: 'undo',
    summary: 'Take a submission back to the former address',
    description:
      'With the token in the mail to an address that is being replaced, until seven days after the new one was proved. All other tokens end.',
    gives,
    refuses: ['not-found', 'erased', ...commandRefusals.undoAddress],
  },
  ({ speakerCommands, tokens }: SubmissionDependencies) =>
    async (asked) => {
      const { id, number, deadline, refuse } = asked;
      await assertPreconditions(asked, nothingThere);
      const { generation } = done(
        await speakerCommands.undoAddress(id, { address: number }, { deadline, refuse }),
        refuse,
      );
      return { status: 200, body: { speakerToken: tokens.of(id, generation) } };
    },
);
