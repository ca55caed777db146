/** The worker of the Restate peer: the server calls it for each step, and for each question about a running workflow. */
import './promise-with-resolvers.ts';
import { createServer } from 'node:http2';
import {
  createEndpointHandler,
  type WorkflowContext,
  type WorkflowSharedContext,
  workflow,
} from '@restatedev/restate-sdk';
import { runProcess } from '../../../process/run-process.ts';
import { environment } from '../../../process/settings/read-settings.ts';
import { moderate, outcomeOf, type Progress, received, type Submission, select, shortlist } from '../job.ts';

const submission = workflow({
  name: 'submission',
  handlers: {
    run: async (ctx: WorkflowContext, submission: Submission) => {
      const moderated = await ctx.run('moderate', () => moderate(submission));
      ctx.set<Progress>('progress', { status: 'Running', stage: 'shortlisting' });
      const shortlisted = await ctx.run('shortlist', () => shortlist(submission));
      ctx.set<Progress>('progress', { status: 'Running', stage: 'selection' });
      if (submission.wait !== undefined) await ctx.sleep(submission.wait);
      const selected = await ctx.run('select', () => select(submission));
      const outcome = outcomeOf([moderated, shortlisted, selected]);
      ctx.set<Progress>('progress', { status: 'Succeeded', stage: 'selection', outcome });
      return outcome;
    },

    status: async (ctx: WorkflowSharedContext) => (await ctx.get<Progress>('progress')) ?? received,
  },
});

await runProcess('restate-worker', async () => {
  // `serve` of the SDK would listen on all interfaces.
  const server = createServer(createEndpointHandler({ services: [submission] }));
  server.listen(Number(environment().PORT), '127.0.0.1');
  return { stop: async () => void server.close() };
});
