import type { Child } from 'hono/jsx';
import { isDate } from '../../../contract/call/announcing.ts';
import type { Call } from '../../../contract/call/call.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { stages } from '../../../contract/stages.ts';
import type { Step } from '../parts/stage-line.tsx';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { type Face, faceOf, tagKinds } from './face.ts';

export type CallOfLine = Pick<Call, 'disclosure' | 'announcement' | 'attendance'>;

type Name = keyof typeof texts.submission.steps;

/** The line of a talk: from its status and the public call alone, so it can tell no more than they do (contract H19). */
export function stepsOf(site: Site, call: CallOfLine, status: StatusDocument): Step[] {
  const face = faceOf(status);
  const { createdAt, lastUpdatedAt } = status;
  const names = namesOf(call, status, face);
  const at = names.indexOf(placeOf(status, face));
  return names.map((name, index) => {
    if (index > at) return { name: nameOf(name), state: 'later', ...(name === 'answer' && promised(site, call)) };
    const since = name === 'received' ? createdAt : index === at ? lastUpdatedAt : undefined;
    if (index < at) return { name: nameOf(name), state: 'done', at: since };
    if (isNow(face)) return { name: nameOf(name), state: 'now', ...nowOf(name, face, since) };
    const kind = tagKinds[face];
    const isGood = kind === 'good';
    const ending = { name: nameOf(name), at: lastUpdatedAt, tag: texts.submission.tags[face] };
    return { ...ending, state: isGood ? 'done' : 'ended', ...(kind !== 'accent' && { kind }) };
  });
}

const nameOf = (name: Name): string => texts.submission.steps[name];

/** What is reached, and what is to come; nothing comes after an end. */
function namesOf(call: CallOfLine, status: StatusDocument, face: Face): Name[] {
  const judged: Name[] = isWithheld(call, status) ? ['under-review'] : [...stages];
  const before: Name[] = ['received', ...judged];
  const place = placeOf(status, face);
  if (place === 'waiting') return [...before, 'answer', 'waiting'];
  if (place === 'answer') return [...before, 'answer'];
  if (place === 'confirmation') return [...before, 'answer', 'confirmation'];
  if (!isNow(face)) return before.slice(0, before.indexOf(place) + 1);
  return [...before, 'answer', ...(call.attendance ? (['confirmation'] as const) : [])];
}

function placeOf(status: StatusDocument, face: Face): Name {
  switch (face) {
    case 'received':
      return 'received';
    case 'review':
    case 'failed':
      return status.stage;
    case 'rejected':
      return status.stage === 'under-review' ? 'answer' : status.stage;
    case 'withdrawn':
      // Only who was told of the waiting list reads a full count before an outcome.
      return status.progress.completed === status.progress.total ? 'waiting' : status.stage;
    case 'waitlisted':
    case 'no-place':
      return 'waiting';
    case 'accepted':
      return 'answer';
    case 'awaited':
    case 'confirmed':
    case 'declined':
    case 'lapsed':
    case 'canceled':
      return 'confirmation';
    default:
      return face satisfies never;
  }
}

/** The stage of a received one doesn't say yet whether stages are told: the call does. */
function isWithheld({ disclosure }: CallOfLine, { stage }: StatusDocument): boolean {
  return stage === 'under-review' || (stage === 'received' && disclosure === 'until-announced');
}

const isNow = (face: Face): boolean => ['received', 'review', 'waitlisted', 'awaited'].includes(face);

function nowOf(name: Name, face: Face, since: string | undefined): Pick<Step, 'at' | 'kind' | 'children'> {
  const words = name === 'answer' ? undefined : texts.submission.now[name];
  const children: Child = words === undefined ? null : <p>{words}</p>;
  // While stages are withheld, no instant between the receipt and the answer.
  const isTold = name !== 'under-review';
  const kind = tagKinds[face];
  return { children, ...(isTold && { at: since }), ...(kind === 'wait' && { kind }) };
}

function promised(site: Site, { announcement }: CallOfLine): Pick<Step, 'children'> {
  if (!isDate(announcement)) return {};
  return {
    children: (
      <p class="hint">
        <Time site={site} at={announcement} />
      </p>
    ),
  };
}
