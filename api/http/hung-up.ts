import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';

type Connection = { incoming: IncomingMessage; outgoing: ServerResponse };

/**
 * Aborts when the client has closed its side of the connection: it has gone away, or it sends nothing more, and wants its
 * answer. Nobody can tell which, and it is answered at once (contract H18, H35).
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
