import { hkdfSync } from 'node:crypto';
import { aessiv } from '@noble/ciphers/aes.js';
import { canonicalize } from 'json-canonicalize';
import type { Person } from '../../contract/committee/person.ts';
import type { Refuse } from '../http/refusal.ts';
import { notACursor } from '../request/cursor-parameter.ts';

/** The list a cursor belongs to: it is invalid for another person, another route or other filters. */
export type CursorScope = { person: Person; list: string; parameter: string; filters?: object };

export type Cursors = ReturnType<typeof createCursors>;

/** Bytes: AES-SIV takes two keys of 256 bits. */
const keyLength = 64;

/**
 * Positions in lists, as clients keep them. Encrypted and authenticated, so that they reveal nothing and can't be forged;
 * deterministic, so that an unchanged page keeps its entity tag (AES-SIV, RFC 5297).
 */
export function createCursors(secret: string) {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'call-for-speakers cursors', keyLength));

  function cipherOf({ person, list, filters = {} }: CursorScope) {
    return aessiv(key, Buffer.from(canonicalize([person.name, list, filters])));
  }

  return {
    seal: (scope: CursorScope, position: string): string =>
      Buffer.from(cipherOf(scope).encrypt(Buffer.from(position))).toString('base64url'),

    /** Refuses everything that was not sealed for this scope, always in the same words. */
    open(scope: CursorScope, text: string, refuse: Refuse<'invalid-query'>): string {
      try {
        const sealed = Buffer.from(text, 'base64url');
        // Base64url has several spellings of the same bytes; only the canonical one is accepted.
        if (sealed.toString('base64url') !== text) throw new Error('not in base64url');
        return Buffer.from(cipherOf(scope).decrypt(sealed)).toString();
      } catch (cause) {
        const errors = [{ detail: notACursor, pointer: `/${scope.parameter}` }];
        return refuse('invalid-query', { errors }, { cause });
      }
    },
  };
}
