/**
 * Sends statements of one transaction together, and waits for all of them, also if one fails: what came after the end of the
 * transaction would become part of the next one.
 */
export async function together<Statements extends readonly unknown[] | []>(statements: Statements) {
  await Promise.allSettled(statements);
  return Promise.all(statements);
}
