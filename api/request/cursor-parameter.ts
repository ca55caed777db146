import { z } from 'zod';

/** The same for every invalid cursor: forged ones are not told apart from garbage. */
export const notACursor = 'must be the `next` value of the previous response, unchanged';

/** A position in a list, as `people/cursors.ts` seals it: base64url of at most some hundred bytes. */
export const cursor = z
  .string()
  .regex(/^[\w-]{22,300}$/, notACursor)
  .meta({ maxLength: 300 });
