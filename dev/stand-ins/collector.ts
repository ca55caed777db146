import { createServer } from 'node:http';
import { z } from 'zod';

const value = z.object({ stringValue: z.string().optional(), intValue: z.number().optional() });
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(z.object({ key: z.string(), value })).default([]),
});
const request = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

export type SentSpan = z.infer<typeof span>;

/** Takes spans by OTLP over HTTP, in JSON. `isSilent`: it takes the request, and never answers. */
export async function startCollector({ isSilent = false } = {}) {
  const bodies: Uint8Array[] = [];
  let requests = 0;
  const server = createServer((incoming, response) => {
    const chunks: Uint8Array[] = [];
    requests += 1;
    incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    incoming.on('end', () => {
      bodies.push(Buffer.concat(chunks));
      if (!isSilent) response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  return {
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
    bodies,

    get requests(): number {
      return requests;
    },

    get spans(): SentSpan[] {
      return bodies.flatMap((body) =>
        request
          .parse(JSON.parse(Buffer.from(body).toString()))
          .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      );
    },

    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
