import { z } from 'zod';
import { whiteSpace } from './text.ts';

const localPart = "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+";
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';

/** What HTML takes for an e-mail address; the white space that comes with pasted ones goes away. */
const pattern = new RegExp(`^[${whiteSpace}]*${localPart}@${label}(?:\\.${label})*[${whiteSpace}]*$`, 'u');

// RFC 5321, 4.5.3.1.3 limits a path to 256 octets, its angle brackets included.
export const email = z
  .string()
  .max(254, 'must have at most 254 characters')
  .regex(pattern, 'must be an e-mail address, like ada@example.org')
  .trim();
