import { createRequire } from 'node:module';
import type { Call } from '../../contract/call/call.ts';
import { documentationPaths } from './documentation-paths.ts';
import { headers } from './headers.ts';
import { organiserPaths } from './organiser-paths.ts';
import { parameters } from './parameters.ts';
import { refusals } from './refusals.ts';
import { schemasFor } from './schemas.ts';
import { securitySchemes } from './security-schemes.ts';
import { submissionPaths } from './submission-paths.ts';

/** Of the contract, which is released as the client. */
const { version }: { version: string } = createRequire(import.meta.url)('call-for-speakers/package.json');

/** What the gateway of this call does, in OpenAPI 3.1 (contract H31). */
export function openApiDocument({ publicUrl, call }: { publicUrl: string; call: Call }) {
  return {
    openapi: '3.1.1',
    info: {
      title: `${call.name}: call for speakers`,
      version,
      summary: 'Submit a talk, and follow it to the outcome',
      description,
      contact: { name: call.name, email: call.contact, url: publicUrl },
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [
      { url: publicUrl, description: 'The gateway of this call, in production or in a test', 'x-internal': false },
    ],
    externalDocs: { url: `${publicUrl}/problems`, description: 'Every problem, and what to do about it' },
    tags: [
      { name: 'submissions', description: 'Submit a talk, follow it, withdraw it' },
      { name: 'organisers', description: 'For those who have a token from the organisers' },
      { name: 'documentation', description: 'This description, for programs and for people' },
    ],
    paths: { ...submissionPaths(call), ...organiserPaths, ...documentationPaths },
    components: {
      schemas: schemasFor(call),
      responses: refusals(publicUrl),
      parameters,
      headers: headers(publicUrl),
      securitySchemes,
    },
  };
}

const description = [
  'A submit is answered at once, with `202` and the URL to poll. Wait for as many seconds as `Retry-After` says, poll, and',
  'stop when `status` is `Succeeded`, `Failed` or `Canceled`. URLs are handed out whole: keep them, and build none.',
  '',
  'Every `4xx` and `5xx` is a problem document (RFC 9457); `Retry-After` is there only where a retry helps. Any other method',
  'on a path is answered with `405`. `OPTIONS` is for the preflights of browsers: pages of the origins that the operators',
  'have configured may read all answers.',
].join('\n');
