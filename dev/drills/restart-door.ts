import { createServer } from 'node:http';
import { freePort } from '../ports.ts';

/** What `restart PART` of the runbook does in a drill. */
export type Restarts = Readonly<Record<string, () => Promise<unknown>>>;

/** Lets the shell that runs a page's commands restart what this process has started. */
export async function openRestartDoor(restarts: Restarts) {
  const port = await freePort();
  const server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const restart = Object.hasOwn(restarts, name) ? restarts[name] : undefined;
    if (restart === undefined) return void response.writeHead(404).end(`nothing is called ${name} here\n`);
    restart().then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(`${error}\n`),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    /** For a shell: `restart PART`. */
    command: `sh -c 'exec curl --silent --show-error --fail-with-body --request POST "http://127.0.0.1:${port}/$1"' restart`,

    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
