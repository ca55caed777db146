/** What comes from a server must not steer a terminal: nothing but lines of text is left. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '');
}

/** The same in one line. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s+/gu, ' ')).trim();
}
