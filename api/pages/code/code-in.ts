import type { Context } from 'hono';
import { bearerToken } from '../../http/bearer.ts';
import { textIn } from '../routing/read-form.ts';

/**
 * The private code: scripts send it as they do to the API, forms in their content, and never in a URL (contract H12). Who
 * pastes a whole link means what follows its `#`.
 */
export function codeIn(c: Context, form: URLSearchParams): string {
  return bearerToken(c) ?? textIn(form, 'code').split('#').at(-1)?.trim() ?? '';
}
