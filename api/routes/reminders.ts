import { remindersRequest } from '../../contract/http/requests.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { doneInTime } from '../http/done.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { route } from '../routing/route.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export const setReminders = route(
  {
    route: 'PUT /api/submissions/{id}/reminders',
    operationId: 'setReminders',
    who: 'speaker',
    summary: 'Switch reminders on or off',
    description: 'For the speaker. Answers are sent all the same.',
    takes: { body: { RemindersRequest: remindersRequest }, example: { reminders: 'off' } },
    gives: { 200: { body: { RemindersRequest: remindersRequest }, example: { reminders: 'off' } } },
    refuses: ['not-found', 'erased', 'submission-concluded', ...commandRefusals.setReminders],
  },
  ({ commands }: SubmissionDependencies) =>
    async (asked) => {
      const { id, generation, body, deadline, key, refuse } = asked;
      await assertPreconditions(asked, nothingThere);
      doneInTime(await commands.setReminders(id, { ...body, generation }, { deadline, key }), refuse);
      return { status: 200, body };
    },
);
