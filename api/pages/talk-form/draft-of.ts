import type { Site } from '../site.ts';

/** Where the text is kept on a device, for each call by itself. */
export const draftOf = (site: Site): string => `draft of ${site.call.name} at ${site.path('/')}`;
