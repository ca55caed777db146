import type { Child } from 'hono/jsx';
import type { ProblemCode } from '../../http/problems.ts';
import type { Refusal } from '../../http/refusal.ts';
import { Notice } from '../parts/notice.tsx';
import { texts } from '../texts.ts';

/** On top of the same form, which can be sent again. `undefined` for an error that has a page of its own. */
export function failedNotice({ code, headers }: Refusal): Child | undefined {
  const words = wordsOf(code, Number(headers['Retry-After'] ?? 60));
  return words && <Failed {...words} />;
}

export const Failed = ({ kind = 'bad', heading, lead }: { kind?: 'bad' | 'wait'; heading: string; lead: string }) => (
  <div tabindex={-1} data-focus>
    <Notice kind={kind} heading={heading}>
      <p>{lead}</p>
    </Notice>
  </div>
);

function wordsOf(code: ProblemCode, seconds: number) {
  switch (code) {
    case 'temporarily-unavailable':
      return texts.failed.down;
    case 'internal-error':
      return texts.failed.broken;
    case 'too-many-requests':
      return { kind: 'wait' as const, heading: texts.failed.busyHeading, lead: texts.failed.busy(seconds) };
    default:
      return undefined;
  }
}
