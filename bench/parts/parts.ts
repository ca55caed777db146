import type { Part } from '../measure/part.ts';
import { burst } from './burst.ts';
import { encryption } from './encryption.ts';
import { endToEnd } from './end-to-end.ts';
import { ended } from './ended.ts';
import { herd } from './herd.ts';
import { histories } from './histories.ts';
import { lists } from './lists.ts';
import { moderation } from './moderation.ts';
import { reads } from './reads.ts';
import { records } from './records.ts';
import { start } from './start.ts';
import { submits } from './submits.ts';
import { telemetry } from './telemetry.ts';

/** In the order in which they run. */
export const parts: readonly Part[] = [
  ...[endToEnd, submits, burst, herd, reads, ended, records],
  ...[encryption, lists, histories, start, moderation, telemetry],
];
