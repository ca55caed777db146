import { describe, expect, test } from 'vitest';
import { messageIdOf, parseMessageId, submissionOfMessage } from '../../contract/mail/message-id.ts';
import { deliveryIdOf, submissionOfDelivery } from '../../contract/workflow/deliveries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { anId } from '../support/fixtures.ts';

describe('the id of a message', () => {
  test('leads back to the submission that it is about, and so does the id of the workflow that sends it', () => {
    const id = messageIdOf(anId(7), 'panel-reminder-2', 'email');

    const found = [submissionOfMessage(id), submissionOfDelivery(deliveryIdOf(anId(7)))];

    expect(id).toBe(`${anId(7)}.panel-reminder-2.email`);
    expect(found).toEqual([anId(7), anId(7)]);
  });

  test('about many submissions leads to none of them', () => {
    const id = messageIdOf('digest', '2026-11-01', 'slack');

    const found = [submissionOfMessage(id), submissionOfDelivery(deliveryIdOf('digest'))];

    expect(found).toEqual([undefined, undefined]);
  });

  test.each(['', 'a b', 'a\u0000b', 'a/b', 'a'.repeat(121)])('is not %j', (text) => {
    expect(parseMessageId(text)).toBeUndefined();
  });

  test('of another workflow there is none', () => {
    expect(submissionOfDelivery(workflowIdOf(anId(7)))).toBeUndefined();
  });
});
