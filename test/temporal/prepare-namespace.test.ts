import { createServer, type Http2Server } from 'node:http2';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import { prepareNamespace } from '../../temporal/namespace/prepare-namespace.ts';

// google.rpc.Code
const ok = 0;
const notFound = 5;
const permissionDenied = 7;
const unimplemented = 12;

/** What Temporal answers to each call, by the name of its method; the rest it doesn't implement. */
let answers: Record<string, number> = {};
let server: Http2Server;
let connection: Connection;

beforeAll(async () => {
  const port = await freePort();
  server = createServer().on('stream', (stream, headers) => {
    const method = headers[':path']?.split('/').at(-1) ?? '';
    const code = answers[method] ?? unimplemented;
    const head = { ':status': 200, 'content-type': 'application/grpc' };
    if (code !== ok)
      return stream.respond({ ...head, 'grpc-status': code, 'grpc-message': method }, { endStream: true });
    stream.respond(head, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': ok }));
    // An empty message.
    stream.end(Buffer.alloc(5));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  connection = Connection.lazy({ address: `127.0.0.1:${port}` });
});
afterAll(async () => {
  await connection.close();
  server.close();
});

const prepare = () => prepareNamespace({ connection, namespace: 'cfs.a1b2c' }, new AbortController().signal);

describe('a Temporal that lets nobody', () => {
  test.each([permissionDenied, unimplemented])('create a namespace (%i): the error says who can', async (code) => {
    answers = { DescribeNamespace: notFound, RegisterNamespace: code };

    const prepared = prepare();

    await expect(prepared).rejects.toMatchObject({ name: 'SetupError', cause: { code } });
    await expect(prepared).rejects.toThrow(
      /can't be created from here.*\n {2}tcld namespace create --namespace cfs.a1b2c --region REGION --retention-days 30\n.*npm run namespace/,
    );
  });

  test.each([
    ['list', { ListSearchAttributes: unimplemented }],
    ['list', { ListSearchAttributes: permissionDenied }],
    ['register', { ListSearchAttributes: ok, AddSearchAttributes: permissionDenied }],
  ])('%s attributes %j: the error says how to register them', async (_, refused) => {
    answers = { DescribeNamespace: ok, ...refused };

    const prepared = prepare();

    await expect(prepared).rejects.toMatchObject({ name: 'SetupError', cause: { code: expect.any(Number) } });
    await expect(prepared).rejects.toThrow(
      /\n {2}tcld namespace search-attributes add --namespace cfs.a1b2c --search-attribute "SubmissionCode=Keyword".*"SubmissionDue=Datetime"/,
    );
  });
});
