/** Removes control characters: a server's text must not control the terminal. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '');
}

export function printableLine(text: string): string {
  return printable(text.replace(/\s+/gu, ' ')).trim();
}
