import type { PublicStage } from '../contract/stages.ts';

/**
 * How long a poller is asked to wait, in seconds: at least 2, so that it outlives any cached copy of a status, and
 * spread out, so that pollers which started together don't stay together (contract H8).
 */
export function retryAfterSeconds(stage: PublicStage, random: () => number = Math.random): number {
  const { least, spread } = pace[stage];
  return least + Math.floor(random() * (spread + 1));
}

const pace = {
  received: { least: 2, spread: 1 },
  moderation: { least: 2, spread: 1 },
  shortlisting: { least: 2, spread: 1 },
  selection: { least: 2, spread: 2 },
  'under-review': { least: 2, spread: 2 },
} satisfies Record<PublicStage, { least: number; spread: number }>;
