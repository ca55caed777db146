/**
 * The message of an error, if nobody else can have put words into it. A mail server answers with the address, a parser quotes
 * what it reads, a database what it can't convert: so of an error that was made elsewhere, the message is withheld, and its
 * type, code and place have to do.
 */
export function ownWords(error: Error): string | undefined {
  return isOwn(error) ? error.message : undefined;
}

function isOwn(error: Error): boolean {
  if ('severity' in error) return 'code' in error && knownClasses.test(String(error.code));
  // Of zod, which leaves its own frames out.
  if ('issues' in error) return false;
  const isSystems = 'syscall' in error && 'code' in error;
  return isSystems || isOurs(framesOf(error));
}

/** Where an error was made: the stack without its first lines, which repeat the message. */
export function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  if (at === -1) return [];
  const lines = stack.slice(at + message.length).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}

/** Made in our code, by what it calls of Temporal's SDK, or by a driver on this side. */
function isOurs(frames: readonly string[]): boolean {
  const maker = frames.find((frame) => !sdk.test(frame));
  if (maker === undefined) return frames.length > 0;
  return drivers.test(maker) || !(elsewhere.test(maker) || native.test(maker));
}

const sdk = /[\\/]node_modules[\\/]@temporalio[\\/]/;

/** What they say by themselves is about connections and SQL. */
const drivers = /[\\/]node_modules[\\/](?:pg|pg-pool|better-sqlite3)[\\/]/;

const elsewhere = /[\\/]node_modules[\\/]|\(?node:/;

/** `JSON.parse (<anonymous>)` */
const native = /<anonymous>\)?$/;

/**
 * Classes of PostgreSQL's errors whose messages name tables, roles and limits (its documentation, appendix A). Others may quote data, as
 * 22 does.
 */
const knownClasses = /^(?:08|25|28|3D|3F|40|42|53|54|55|57|58)[0-9A-Z]{3}$/;
