import type { Context } from 'hono';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Authorize } from '../people/authorize.ts';
import type { SubmissionDependencies } from '../routes/submission-dependencies.ts';
import type { Site } from './site.ts';

/** What pages are made from: what the routes for speakers have, and where they are. */
export type PageDependencies = SubmissionDependencies & {
  site: Site;
  authorize: Authorize;
  /** Of a talk, for who has its token. @throws where it can't be read now */
  titleOf: (id: SubmissionId, deadline: Deadline) => Promise<string | undefined>;
  askApi: AskApi;
};

/** Asks the API as a program does, without a network between. @param path with the query */
export type AskApi = (c: Context, path: string, init: RequestInit) => Promise<Response>;
