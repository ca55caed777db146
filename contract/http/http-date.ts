const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** IMF-fixdate, RFC 850 and asctime. */
const forms = [
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>[\d:]{8}) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>[\d:]{8}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>[\d:]{8}) (?<year>\d{4})$/,
];

const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)$/;

/**
 * Parses an HTTP date (RFC 9110, 5.6.7). `Date.parse` differs by engine and takes "1.5" for a date.
 * @returns milliseconds since 1970; `undefined` if the text is no HTTP date
 */
export function readHttpDate(text: string, now: number = Date.now()): number | undefined {
  const parts = forms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const time = timeOfDay.exec(parts?.time ?? '');
  if (!parts || !time) return undefined;
  const [day, month] = [Number(parts.day), months.indexOf(parts.month ?? '')];
  const date = new Date(0);
  // Date.UTC would read 1950 into the year 50.
  date.setUTCFullYear(yearOf(parts.year ?? '', now), month, day);
  if (month < 0 || date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined;
  const [, hour, minute, second] = time.map(Number);
  return date.setUTCHours(hour ?? 0, minute, second);
}

/** A two-digit year more than 50 years ahead is in the past (RFC 9110, 5.6.7). */
function yearOf(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
