import Mustache from 'mustache';
import type { MessageFields, Template } from '../contract/mail/message-templates.ts';
import { problemsOf } from './check-template.ts';

/** @throws Error with all problems of the template */
export function render(template: Template, fields: MessageFields): { subject: string; text: string; html: string } {
  const problems = problemsOf(template);
  if (problems.length > 0) throw new Error(problems.join('; '));
  const [subject = '', ...body] = template.text.split('\n');
  const asText = (part: string) => Mustache.render(part, fields, {}, { escape: String });
  return {
    // A header field is one line.
    subject: asText(subject.replace(/^Subject: /, '')).replaceAll(/\p{Cc}+/gu, ' '),
    text: asText(body.join('\n')).trim().concat('\n'),
    html: Mustache.render(template.html, fields),
  };
}

export const sampleFields: MessageFields = {
  call: { name: 'Long Road Conf', contact: 'programme@longroad.example' },
  speaker: { name: 'Ada Lovelace' },
  title: 'What ninety days of waiting taught us',
  shortTitle: 'What ninety days of waiting taught us',
  link: 'https://cfs.example.org/submissions/e43f0b35021003f5d078eaced4f89582#a-token-of-the-speaker',
  answerBy: 'Thursday 1 April 2027 at 18:00 CEST',
  answerDay: '1 April',
  feedback: ['The committee would love to hear more about what went wrong.'],
  hasFeedback: true,
  reasons: ['The description has 12 words; the call asks for at least 50.'],
  rejectedFor: { length: true, links: false, language: false },
};
