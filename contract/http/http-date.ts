const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const time = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';
const [shortName, longName, month] = ['[A-Z][a-z]{2}', '[A-Z][a-z]{5,8}', '(?<month>[A-Z][a-z]{2})'];

/** IMF-fixdate, which is sent; and the forms of RFC 850 and of asctime, which recipients must understand. */
const forms = [
  new RegExp(`^${shortName}, (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(`^${longName}, (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`),
  new RegExp(`^${shortName} ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

/**
 * Reads an HTTP date in any of its three forms (RFC 9110, 5.6.7). Not by `Date.parse`, which reads a date into "1.5" and
 * differs by engine.
 *
 * @returns milliseconds since 1970, or `undefined` where it is no such date
 */
export function readHttpDate(text: string, now: number = Date.now()): number | undefined {
  const parts = forms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return undefined;
  const [day, month] = [Number(parts.day), months.indexOf(parts.month ?? '')];
  const date = new Date(0);
  // Date.UTC would read 1950 into the year 50.
  date.setUTCFullYear(yearOf(parts.year ?? '', now), month, day);
  if (month < 0 || date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
}

/** Two digits that would be more than 50 years ahead are of the past (RFC 9110, 5.6.7). */
function yearOf(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
