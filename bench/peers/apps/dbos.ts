/** The DBOS peer: its API and its workflows, in one process. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { runProcess } from '../../../process/run-process.ts';
import { environment } from '../../../process/settings/read-settings.ts';
import { moderate, outcomeOf, type Progress, received, type Submission, select, shortlist } from '../job.ts';

const review = DBOS.registerWorkflow(
  async (submission: Submission) => {
    const moderated = await DBOS.runStep(async () => moderate(submission), { name: 'moderate' });
    await DBOS.setEvent<Progress>('progress', { status: 'Running', stage: 'shortlisting' });
    const shortlisted = await DBOS.runStep(async () => shortlist(submission), { name: 'shortlist' });
    await DBOS.setEvent<Progress>('progress', { status: 'Running', stage: 'selection' });
    if (submission.wait !== undefined) await DBOS.sleep(submission.wait);
    const selected = await DBOS.runStep(async () => select(submission), { name: 'select' });
    const outcome = outcomeOf([moderated, shortlisted, selected]);
    await DBOS.setEvent<Progress>('progress', { status: 'Succeeded', stage: 'selection', outcome });
    return outcome;
  },
  { name: 'review' },
);

const app = new Hono()
  .post('/submissions', async (c) => {
    const { workflowID } = await DBOS.startWorkflow(review)(await c.req.json<Submission>());
    return c.json({ id: workflowID }, 202);
  })
  .post('/executions', async (c) => c.json({ outcome: await review(await c.req.json<Submission>()) }))
  .get('/submissions/:id', async (c) => {
    const progress = await DBOS.getEvent<Progress>(c.req.param('id'), 'progress', 0);
    return c.json(progress ?? received);
  });

await runProcess('dbos', async () => {
  const { DATABASE_URL = '', PORT } = environment();
  DBOS.setConfig({ name: 'call-for-speakers', systemDatabaseUrl: DATABASE_URL });
  await DBOS.launch();
  const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' });
  return {
    async stop() {
      server.close();
      await DBOS.shutdown();
    },
  };
});
