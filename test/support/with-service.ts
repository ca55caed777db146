import { ApplicationFailure } from '@temporalio/common';
import { createApp } from '../../api/app.ts';
import { createHttpServer } from '../../api/http/http-server.ts';
import { withRecords } from '../../api/status/recorded-submissions.ts';
import type { Call } from '../../contract/call/call.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import { closeUpdate, withdrawUpdate } from '../../contract/workflow/commands.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { freePort } from '../../dev/ports.ts';
import { createCommands } from '../../temporal/commands.ts';
import { connect } from '../../temporal/connect.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createOperations } from '../../temporal/operations.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { aCall, access, aSlowCall, idSecret, speakerTokenKeys } from './fixtures.ts';
import { type useDevServer, withWorker } from './temporal.ts';

type Server = ReturnType<typeof useDevServer>;

const log = { error: () => undefined };

/** A gateway on a port of its own, for clients that nobody here wrote; it tells the workflow id of each submission. */
async function openGateway(server: Server, call: Call, onStart: (workflowId: string) => unknown) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const client = connect({
    connectionOptions: { address: server.env.address },
    namespace: server.env.namespace ?? 'default',
    payloadKeys: server.payloadKeys,
  });
  const submissions = withRecords(createSubmissions(client), server.store.records, log);
  const start: typeof submissions.start = async (input, deadline, options) => {
    const started = await submissions.start(input, deadline, options);
    server.started.add(workflowIdOf(input.id));
    onStart(workflowIdOf(input.id));
    return started;
  };
  const own = { publicUrl: url, idSecret, speakerTokenKeys, access, committee: [], log, store: server.store };
  const [commands, operations] = [createCommands(client), createOperations(client)];
  const app = createApp({ ...own, call, submissions: { ...submissions, start }, commands, operations });
  const http = createHttpServer(app, url, log);
  await http.listen(port, '127.0.0.1');

  return {
    url,
    close: async () => {
      await http.close();
      await client.connection.close();
    },
  };
}

type End = Exclude<StatusDocument['status'], 'NotStarted'>;

/** Of the fixtures, and of `examples/talk.json`. */
const tracks = ['web', 'architecture'];

/** Runs with a whole service, in which each valid submission comes to the same end, or to none. */
export async function withService<Result>(
  server: Server,
  end: End,
  run: (url: string) => Promise<Result>,
): Promise<Result> {
  const moderate = async () => {
    throw ApplicationFailure.nonRetryable('out of order');
  };
  const withdraw = (id: string) =>
    giveCommand(server.env.client.workflow.getHandle(id), withdrawUpdate, { args: [{}] });

  /** What nobody could judge waits for the organisers, and fails when they close the call. */
  const giveUp = (id: string) =>
    giveCommand(server.env.client.workflow.getHandle(id), closeUpdate, { args: [{ by: 'Olga' }] });
  const act = { Canceled: withdraw, Failed: giveUp, Running: undefined, Succeeded: undefined }[end];

  const isSlow = end === 'Canceled' || end === 'Running';
  const call = { ...(isSlow ? aSlowCall('1h') : aCall({ whenClosed: 'automatic' })), tracks };
  const gateway = await openGateway(server, call, (id) => act?.(id));
  try {
    return await withWorker(server, () => run(gateway.url), end === 'Failed' ? { activities: { moderate } } : {});
  } finally {
    await gateway.close();
  }
}
