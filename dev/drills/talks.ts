import { deepStrictEqual } from 'node:assert';
import { createOrganiser, submit } from '../../client/index.ts';
import { aTalk } from '../histories/material.ts';
import { until } from '../until.ts';
import { longestRepair } from './runbook-page.ts';

type Service = {
  url: string;
  organiserToken: string;
  /** Of the mail about a submission that proves its address. */
  proofTokenOf: (id: string) => string;
  /** How many mails of a kind about a submission have come. */
  countLetters: (id: string, kind: string) => Promise<number>;
  stopping: AbortSignal;
};

/** Of each decision: the same one may be sent again. */
export const reason = 'A drill.';

/** What a poller is told. */
type Told = { code: number; stage?: unknown; status?: unknown; result?: { outcome?: unknown } };

/** The speakers of a drill, and the organisers who decide: nobody may be lost, forgotten, or told twice. */
export function createTalks({ url, organiserToken, proofTokenOf, countLetters, stopping }: Service) {
  const limits = { within: longestRepair, signal: stopping };
  const patience = { timeout: longestRepair, signal: stopping };
  const organiser = createOrganiser(url, organiserToken);
  const ids: string[] = [];
  let speakers = 0;

  /** As the service's own client does: again, under the same key, until it is taken. */
  async function submitOne(): Promise<string> {
    speakers += 1;
    const speaker = { name: 'Ada Lovelace', email: `speaker-${speakers}@example.org` };
    const { status } = await submit(url, aTalk({ title: `Talk ${speakers} about waiting`, speaker }), patience);
    ids.push(status.id);
    return status.id;
  }

  async function read(id: string): Promise<Told> {
    const response = await fetch(`${url}/api/submissions/${id}`, { signal: AbortSignal.timeout(5_000) });
    return { ...(await response.json().then(Object)), code: response.status };
  }

  const untilAt = (id: string, stage: string) =>
    until(async () => (await read(id)).stage === stage, `${id} does not reach ${stage}`, limits);

  const untilReceipt = (id: string) =>
    until(async () => (await countLetters(id, 'receipt')) > 0, `${id} has no receipt`, limits);

  async function prove(id: string): Promise<boolean> {
    const headers = { Authorization: `Bearer ${proofTokenOf(id)}`, 'Content-Type': 'application/json' };
    const signal = AbortSignal.timeout(10_000);
    const request = { method: 'POST', headers, body: '{"answer":"mine"}', signal };
    return (await fetch(`${url}/api/submissions/${id}/proof`, request)).ok;
  }

  async function decide(id: string): Promise<void> {
    await organiser.decide(id, { stage: 'selection', outcome: 'passed', override: true, reason }, patience);
    await organiser.announce({ submissions: [id] }, patience);
  }

  async function countOf(id: string): Promise<number[]> {
    return Promise.all(['receipt', 'accepted'].map((kind) => countLetters(id, kind)));
  }

  return {
    ids,
    organiser,
    read,
    prove,
    decide,
    countLetters,

    untilReceived: (): Promise<unknown> => Promise.all(ids.map(untilReceipt)),

    /** What was reopened has no receipt. */
    async goesOnAs(id: string): Promise<void> {
      await untilAt(id, 'selection');
      await decide(id);
      await until(async () => (await countLetters(id, 'accepted')) === 1, `${id} is not told its answer`, limits);
      speakers -= 1;
    },

    submit: (count: number): Promise<string[]> => Promise.all(Array.from({ length: count }, submitOne)),

    /** Resolves when all that were submitted wait for their panel. */
    untilJudged: (): Promise<unknown> => Promise.all(ids.map((id) => untilAt(id, 'selection'))),

    /** @throws AssertionError if a talk doesn't end as it should, once, or a letter is missing or there twice */
    async toTheirEnds(): Promise<string> {
      for (const id of ids) {
        await untilReceipt(id);
        await until(() => prove(id), `the address of ${id} is not proved`, limits);
        await untilAt(id, 'selection');
        await decide(id);
      }
      const isTold = async (id: string) =>
        (await read(id)).result?.outcome === 'accepted' && (await countLetters(id, 'accepted')) > 0;
      for (const id of ids) await until(() => isTold(id), `${id} is not told its answer`, limits);
      deepStrictEqual(
        await Promise.all(ids.map(countOf)),
        ids.map(() => [1, 1]),
        'a receipt and an answer each',
      );
      deepStrictEqual(new Set(ids).size, speakers, 'one submission for each speaker');
      return `all ${ids.length} submissions came to their ends, each with one receipt and one answer`;
    },
  };
}
