import { listMembers } from './list-members.ts';

/** Seconds that a request is held at the most, whatever it prefers: proxies hang up after 30 or 60. */
const longestWait = 25;

/**
 * The seconds that a request prefers to wait (RFC 7240, 4.3), cut to `longestWait`. Of several the first one counts;
 * what is malformed, negative or unknown is as if it was not said (contract H18).
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
