import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

/** An instant in the call's zone; `time.browser.js` adds the reader's own where it differs. */
export const Time = ({ site, at }: { site: Pick<Site, 'call'>; at: string }) => (
  <time datetime={new Date(at).toISOString()} data-zone={site.call.timeZone}>
    {inWords(at, site.call.timeZone)}
  </time>
);

/** "31 January 2027, 23:59 in Berlin" */
function inWords(at: string, timeZone: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(texts.locale, { timeZone, ...options }).format(new Date(at));
  return `${format({ dateStyle: 'long' })}, ${format({ timeStyle: 'short' })} ${zoneInWords(timeZone)}`;
}

/** A place, or what has none, like UTC. */
function zoneInWords(timeZone: string): string {
  const [area = '', ...rest] = timeZone.split('/');
  const place = rest.at(-1);
  if (place === undefined || area === 'Etc') return place ?? area;
  return texts.time.inPlace(place.replaceAll('_', ' '));
}
