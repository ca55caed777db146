import { listMembers } from './list-members.ts';

/** Maximum seconds that a request is held: proxies hang up after 30 or 60. */
const longestWait = 25;

/**
 * Seconds that a request prefers to wait (RFC 7240, 4.3), at most `longestWait`. The first of several counts; a
 * malformed, negative or unknown preference is ignored (contract H18).
 */
export function preferredWait(header: string | undefined): number | undefined {
  for (const preference of listMembers(header ?? '')) {
    const [name = '', value = ''] = preference.split(';', 1).join('').split(/=(.*)/s, 2);
    if (name.trim().toLowerCase() !== 'wait') continue;
    const seconds = /^(?:(\d+)|"(\d+)")$/.exec(value.trim());
    return seconds ? Math.min(Number(seconds[1] ?? seconds[2]), longestWait) : undefined;
  }
  return undefined;
}
