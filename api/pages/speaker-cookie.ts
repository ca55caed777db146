/**
 * The exchange of a speaker token for a cookie, for pages that are read without JavaScript (contract H12): for an hour, sent
 * to the pages of this submission alone, and to no script.
 */
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { serialize } from 'hono/utils/cookie';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Site } from './site.ts';

const name = 'speaker';

/** Seconds. */
const lifetime = 3_600;

/** @param token an empty one ends the cookie */
export function speakerCookie(site: Site, id: SubmissionId, token: string): Record<string, string> {
  const cookie = serialize(name, token, {
    path: site.path(`/submissions/${id}`),
    maxAge: token === '' ? 0 : lifetime,
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
  });
  return { 'Set-Cookie': cookie };
}

/** As it was sent: nobody has checked it. */
export const tokenInCookie = (c: Context): string | undefined => getCookie(c, name);
