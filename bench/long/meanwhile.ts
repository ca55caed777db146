import { createOrganiser, type Submitted, withdraw } from '../../client/index.ts';

const second = 1_000;

type Meanwhile = {
  url: string;
  organiserToken: string;
  decided: readonly Submitted[];
  withdrawn: readonly Submitted[];
};

/**
 * Decides one talk and withdraws another each second, until it is stopped or out of talks.
 *
 * @returns milliseconds of each, with what its retries have taken
 */
export function actMeanwhile({ url, organiserToken, decided, withdrawn }: Meanwhile) {
  const organiser = createOrganiser(url, organiserToken);
  const latencies: Record<'decision' | 'withdrawal', number[]> = { decision: [], withdrawal: [] };
  const failures: unknown[] = [];
  const under: Promise<void>[] = [];
  let [next, retries] = [0, 0];
  const onRetry = () => {
    retries += 1;
  };
  const timer = setInterval(() => {
    const [one, other] = [decided[next], withdrawn[next]];
    next += 1;
    if (one) act('decision', () => decide(idOf(one)));
    if (other)
      act('withdrawal', () => withdraw(`${url}/api/submissions/${idOf(other)}`, other.speakerToken ?? '', { onRetry }));
  }, second);

  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
      return { ...latencies, failures, retries };
    },
  };

  function decide(id: string) {
    const verdict = { stage: 'selection', outcome: 'passed', override: true, reason: 'We want it.' } as const;
    return organiser.decide(id, verdict, { onRetry });
  }

  /** Not one after the other: a slow one doesn't spare the service the next. */
  function act(kind: keyof typeof latencies, send: () => Promise<unknown>): void {
    const began = performance.now();
    const sent = send().then(
      () => void latencies[kind].push(performance.now() - began),
      (error: unknown) => void failures.push(error),
    );
    under.push(sent);
  }
}

/** They were submitted at another gateway, whose URLs they have. */
const idOf = ({ location }: Submitted): string => location.split('/').at(-1) ?? '';
