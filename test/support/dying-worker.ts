/** A worker that is killed the first time that it comes to a certain await (DIE_AT, like `claim:after`). */

import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import { messagesQueue } from '../../contract/workflow/deliveries.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { readWorkerConfig } from '../../process/settings/worker-config.ts';
import { openStore } from '../../store/store.ts';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { createDataConverter, createWorkerDataConverter } from '../../temporal/codec/data-converter.ts';
import { createWorkflows } from '../../temporal/workflows.ts';

const env = environment();
const config = readWorkerConfig(env);
const connection = await NativeConnection.connect(config.temporal.connectionOptions);
const store = openStore(config.database, () => undefined);
await store.migrate();

type Act<Arguments extends unknown[], Value> = (...given: Arguments) => Promise<Value>;

/** The same, unless it is what it dies of. */
function mortal<Arguments extends unknown[], Value>(name: string, act: Act<Arguments, Value>): Act<Arguments, Value> {
  return async (...given) => {
    if (env.DIE_AT === `${name}:before`) process.kill(process.pid, 'SIGKILL');
    const value = await act(...given);
    if (env.DIE_AT === `${name}:after`) process.kill(process.pid, 'SIGKILL');
    return value;
  };
}

const sender = createMessageSender({ ...config, linkOf: String });
const { payloadKeys } = config.temporal;
const dataConverter = createWorkerDataConverter(payloadKeys);
const client = new Client({ connection, dataConverter: createDataConverter(payloadKeys) });
const workflows = createWorkflows(client);
const activities = createActivities({
  workflows: { ...workflows, promote: mortal('promote', workflows.promote) },
  store: {
    ...store,
    audit: { ...store.audit, add: mortal('add', store.audit.add) },
    ongoing: {
      after: store.ongoing.after,
      all: store.ongoing.all,
      listed: mortal('listed', store.ongoing.listed),
    },
    records: { ...store.records, keep: mortal('keep', store.records.keep) },
    waitingList: {
      ...store.waitingList,
      free: mortal('free', store.waitingList.free),
      assign: mortal('assign', store.waitingList.assign),
      take: mortal('take', store.waitingList.take),
    },
    messages: {
      ...store.messages,
      unsettled: mortal('unsettled', store.messages.unsettled),
      claim: mortal('claim', store.messages.claim),
      settle: mortal('settle', store.messages.settle),
    },
  },
  sender: {
    organiserChannels: sender.organiserChannels,
    forget: sender.forget,
    prepareAccess: sender.prepareAccess,
    prepare: mortal('prepare', async (message) => mortal('send', await sender.prepare(message))),
  },
});

const mortals = {
  ...activities,
  announceBatch: mortal('announceBatch', activities.announceBatch),
  record: mortal('record', activities.record),
  sendAtOnce: mortal('sendAtOnce', activities.sendAtOnce),
  shortlist: mortal('shortlist', activities.shortlist),
};
const workers = await Promise.all([
  Worker.create({
    connection,
    dataConverter,
    taskQueue,
    workflowBundle: await findWorkflowBundle(),
    activities: mortals,
  }),
  Worker.create({ connection, dataConverter, taskQueue: messagesQueue, activities: mortals }),
]);
process.send?.('ready');
await Promise.all(workers.map((worker) => worker.run()));
