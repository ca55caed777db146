import { expect, test } from 'vitest';
import type { LinkTo } from '../../contract/mail/message-content.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { anId } from '../support/fixtures.ts';
import { aMessageAbout } from '../support/records.ts';

test.each([
  ['accepted', 'https://cfs.example.org/2'],
  ['address-replaced', ''],
] as const)('the link in “%s” is “%s”, also in a text of the call', async (template, link) => {
  const smtp = await startSmtp();
  const linkOf = (_: string, to: LinkTo) =>
    `https://cfs.example.org/${'generation' in to ? to.generation : to.purpose}`;
  const { prepare } = createMessageSender({ smtpUrl: smtp.url, outbox: 'unused', linkOf });
  const { content, ...message } = aMessageAbout(1, template);
  if (content.kind !== 'speaker') throw new Error('it is to the speaker');
  const text = { text: 'Subject: Hello\n\nLink: {{link}}.\n', html: '<p></p>' };

  const send = await prepare({
    ...{ ...message, submission_id: anId(1), isProved: true },
    content: { ...content, fields: { ...content.fields, template, text, generation: 2 } },
  });
  await send();

  expect(smtp.received[0]?.text).toBe(`Link: ${link}.\n`);
  await smtp.close();
});

test('H38: a letter to a co-speaker in the call’s own words leads to their page, and to no proof of the speaker’s address', async () => {
  const smtp = await startSmtp();
  const linkOf = (_: string, to: LinkTo) =>
    `https://cfs.example.org/${'generation' in to ? to.generation : `${to.purpose}/${to.number}`}`;
  const { prepare } = createMessageSender({ smtpUrl: smtp.url, outbox: 'unused', linkOf });
  const { content, ...message } = aMessageAbout(1, 'co-speaker-told');
  if (content.kind !== 'speaker') throw new Error('it is to a co-speaker');

  const send = await prepare({
    ...{ ...message, submission_id: anId(1), isProved: false },
    content: { ...content, fields: { ...content.fields, number: 1 } },
  });
  await send();

  expect(smtp.received[0]?.text).toContain('https://cfs.example.org/co-speaker/1');
  await smtp.close();
});
