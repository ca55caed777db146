import type { Call } from '../../contract/call/call.ts';
import type { SubmissionDependencies } from '../routes/submission-dependencies.ts';
import type { Site } from './site.ts';

/** What pages are made from: what the routes for speakers have, and where they are. */
export type PageDependencies = SubmissionDependencies & { site: Site; call: Call };
