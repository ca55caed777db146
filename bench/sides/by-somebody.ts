import { randomUUID } from 'node:crypto';

/** Each from an address and a network of their own, so that each is sent a receipt. */
export function bySomebody(talk: { speaker: object }): [content: string, headers: string] {
  const email = `${randomUUID()}@example.org`;
  const network = `2001:db8:${randomUUID().slice(0, 'xxxx'.length)}:${randomUUID().slice(0, 'xxxx'.length)}::1`;
  return [JSON.stringify({ ...talk, speaker: { ...talk.speaker, email } }), `X-Forwarded-For: ${network}\r\n`];
}
