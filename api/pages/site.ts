import type { Call } from '../../contract/call/call.ts';

/** What all pages are made with: the call they are for, and where they are. */
export type Site = {
  call: Pick<Call, 'name' | 'contact' | 'timeZone'>;
  /** Of the public URL. */
  origin: string;
  publicUrl: string;
  /** Path below the public URL, as links have it: they work whatever path the public URL has itself. */
  path: (path: string) => string;
};

export function createSite({ publicUrl, call }: { publicUrl: string; call: Call }): Site {
  const { origin, pathname } = new URL(publicUrl);
  const base = pathname.replace(/\/$/, '');
  const { name, contact, timeZone } = call;
  return { call: { name, contact, timeZone }, origin, publicUrl, path: (path) => `${base}${path}` };
}
