import type { StatusDocument } from '../../../contract/http/status.ts';
import type { TagKind } from '../parts/tag.tsx';

/** What a status says, in a person's words: by the document alone. */
export type Face = keyof typeof tagKinds;

/** Red is for what went wrong: a rejection didn't. */
export const tagKinds = {
  received: 'accent',
  review: 'accent',
  waitlisted: 'wait',
  accepted: 'good',
  awaited: 'wait',
  confirmed: 'good',
  declined: 'neutral',
  lapsed: 'neutral',
  canceled: 'neutral',
  'no-place': 'neutral',
  rejected: 'neutral',
  withdrawn: 'neutral',
  failed: 'bad',
} as const satisfies Record<string, TagKind>;

export function faceOf({ status, result }: Pick<StatusDocument, 'status' | 'result'>): Face {
  switch (status) {
    case 'NotStarted':
      return 'received';
    case 'Running':
      return result?.outcome === 'waitlisted' ? 'waitlisted' : 'review';
    case 'Succeeded':
      if (result?.outcome === 'accepted') return result.attendance ?? 'accepted';
      return result?.outcome === 'waitlisted' ? 'no-place' : 'rejected';
    case 'Canceled':
      return 'withdrawn';
    case 'Failed':
      return 'failed';
    default:
      return status satisfies never;
  }
}
