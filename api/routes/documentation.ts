import { type Context, Hono } from 'hono';
import type { Call } from '../../contract/call/call.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { answerSized } from '../http/answer-sized.ts';
import { Refusal } from '../http/refusal.ts';
import { safePageHeaders } from '../http/safe-headers.ts';
import { openApiDocument } from '../openapi/document.ts';
import { assets, pageAssets } from '../pages/assets.ts';
import { problemsPage } from '../pages/problems.ts';
import { referencePage } from '../pages/reference.ts';
import { submissionPage } from '../pages/submission.ts';

/** Where a browser shows pages of ours: their policy is another one than that of the API. */
export const pagePaths = ['/reference', '/reference/*', '/problems', '/submissions/*', '/pages/*'];

/** For programs and for people: what the gateway does, and what its problems mean. */
export function documentationRoutes({ publicUrl, call }: { publicUrl: string; call: Call }) {
  // Made when it is asked for first: it takes longer than all else that a gateway does before it listens.
  let description: string | undefined;
  const reference = String(referencePage(`${call.name}: reference`));
  const problems = String(problemsPage(`${call.name}: problems`));
  const submission = String(submissionPage(`${call.name}: your submission`));

  const app = new Hono();
  for (const path of pagePaths) app.use(path, safePageHeaders);
  return (
    app
      .get('/openapi.json', (c) => {
        description ??= JSON.stringify(openApiDocument({ publicUrl, call }));
        return answer(c, 'application/json', description);
      })
      .get('/reference', (c) => answer(c, 'text/html; charset=utf-8', reference))
      .get('/reference/:asset', async (c) => {
        const asset = assets.get(c.req.param('asset'));
        if (asset === undefined) throw new Refusal('not-found');
        return answer(c, asset.type, await asset.read());
      })
      // The same for every id, whether there is such a submission or not.
      .get('/submissions/:id', (c) => {
        if (parseSubmissionId(c.req.param('id')) === undefined) throw new Refusal('not-found');
        return answer(c, 'text/html; charset=utf-8', submission);
      })
      .get('/pages/:asset', async (c) => {
        const asset = pageAssets.get(c.req.param('asset'));
        if (asset === undefined) throw new Refusal('not-found');
        return answer(c, asset.type, await asset.read());
      })
      .get('/problems', (c) => answer(c, 'text/html; charset=utf-8', problems))
  );
}

function answer(c: Context, type: string, content: string | Uint8Array<ArrayBuffer>) {
  // Seconds: a browser doesn't load it again with each page, and a new version is there soon.
  c.header('Cache-Control', 'public, max-age=300');
  return answerSized(c, 200, type, content);
}
