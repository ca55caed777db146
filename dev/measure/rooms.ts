import type { Import } from './measure-imports.ts';

const unshipped = ['bench', 'dev', 'docs', 'examples', 'test'];

/** The top folder of a file, or a file at the top itself. */
export const roomOf = (file: string) => file.split('/')[0] ?? file;

export const isShipped = (file: string) => !unshipped.includes(roomOf(file)) && !file.endsWith('.config.ts');

/** `within`: a folder's path with a slash at its end, or nothing for the top. */
export function roomsOf(imports: Import[], within = '') {
  const pairs = new Map<string, [string, string]>();
  const rooms = new Set<string>();
  for (const files of imports) {
    const { from, to } = files;
    if (![from, to].every((file) => isShipped(file) && file.startsWith(within))) continue;
    const [one, other] = [roomOf(from.slice(within.length)), roomOf(to.slice(within.length))];
    rooms.add(one).add(other);
    if (one !== other) pairs.set(`${one} ${other}`, [one, other]);
  }
  return { rooms: [...rooms].sort(), pairs: [...pairs.values()].sort() };
}

export function drawRooms(imports: Import[], within = ''): string {
  const { rooms, pairs } = roomsOf(imports, within);
  // Mermaid accepts no dots, and reserves some words, like `end`.
  const idOf = (room: string) => `room_${room.replaceAll(/\W/g, '_')}`;
  return [
    '```mermaid',
    'flowchart TD',
    ...rooms.map((room) => `  ${idOf(room)}["${room}"]`),
    ...pairs.map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`),
    '```',
  ].join('\n');
}
