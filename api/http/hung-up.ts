import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';

type Connection = { incoming: IncomingMessage; outgoing: ServerResponse };

/**
 * Aborts when the client has closed its side of the connection. It has either gone away, or has finished sending and
 * waits for the response; the server can't tell which, and answers at once (contract H18, H35).
 */
export function hungUp(c: Context): AbortSignal {
  const { signal } = c.req.raw;
  const connection: Partial<Connection> = c.env ?? {};
  const socket = connection.incoming?.socket;
  if (socket === undefined) return signal;
  const closed = new AbortController();
  const abort = () => closed.abort();
  if (socket.readableEnded || signal.aborted) abort();
  socket.once('end', abort);
  signal.addEventListener('abort', abort, { once: true });
  // The connection outlives the request.
  connection.outgoing?.once('close', () => socket.off('end', abort));
  return closed.signal;
}
