/** As people write it, like “Thursday 1 April 2027 at 18:00 CEST”. */
export function dateAndTime(instant: string, timeZone: string): string {
  const style = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...style, ...time, timeZone }).format(new Date(instant));
}
