import type { alreadyConcluded, CommandRefusal, notDecided } from '../workflow/errors.ts';

export type RefusalCode = CommandRefusal | typeof notDecided | typeof alreadyConcluded;

/** A command that the submission doesn't take as it stands. It leaves no trace. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: RefusalCode;
  readonly details: Record<string, unknown>;

  constructor(code: RefusalCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** @throws Refusal */
export function refuse(code: RefusalCode, message: string, details: Record<string, unknown> = {}): never {
  throw new Refusal(code, message, details);
}
