import { z } from 'zod';

/** In words that fit whatever is wrong with it: what is forged is not told from what is garbage. */
export const notACursor = 'must be taken from the answer before, as it is';

/** A place in a list, as `gate/cursors.ts` seals it: base64url of some hundred bytes at the most. */
export const cursor = z
  .string()
  .regex(/^[\w-]{22,300}$/, notACursor)
  .meta({ maxLength: 300 });
