import { hkdfSync } from 'node:crypto';
import { aessiv } from '@noble/ciphers/aes.js';
import { canonicalize } from 'json-canonicalize';
import type { Person } from '../../contract/committee/person.ts';
import type { Refuse } from '../http/refusal.ts';
import { notACursor } from '../request/cursor-parameter.ts';

/** Which list a cursor is a place in: another person's, another route's or that of other filters is none here. */
export type CursorScope = { person: Person; list: string; parameter: string; filters?: object };

export type Cursors = ReturnType<typeof createCursors>;

/** Bytes: AES-SIV takes two keys of 256 bits. */
const keyLength = 64;

/**
 * Places in lists, as clients keep them: encrypted and authenticated, so that they tell nothing and can't be made up; and
 * the same bytes for the same place, so that an answer changes only with what it says (AES-SIV, RFC 5297).
 */
export function createCursors(secret: string) {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'call-for-speakers cursors', keyLength));

  function cipherOf({ person, list, filters = {} }: CursorScope) {
    return aessiv(key, Buffer.from(canonicalize([person.name, list, filters])));
  }

  return {
    seal: (scope: CursorScope, place: string): string =>
      Buffer.from(cipherOf(scope).encrypt(Buffer.from(place))).toString('base64url'),

    /** Refuses all that was not sealed for this scope, the same for whatever it is. */
    open(scope: CursorScope, text: string, refuse: Refuse<'invalid-query'>): string {
      try {
        const sealed = Buffer.from(text, 'base64url');
        // One text for each cursor: what is decoded all the same, with other letters, is none.
        if (sealed.toString('base64url') !== text) throw new Error('not in base64url');
        return Buffer.from(cipherOf(scope).decrypt(sealed)).toString();
      } catch (cause) {
        const errors = [{ detail: notACursor, pointer: `/${scope.parameter}` }];
        return refuse('invalid-query', { errors }, { cause });
      }
    },
  };
}
