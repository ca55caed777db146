/** What a process tells a Prometheus that asks it. Loaded only where there is a port for operators. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { OperationsRoutes } from '../operations/operations-server.ts';

const metricsPath = '/metrics';

/** Makes a gauge tell these values, and nothing of before. */
export function tell<Label extends string>(
  gauge: Gauge<Label>,
  values: readonly (readonly [labels: Partial<Record<Label, string>>, value: number])[],
): void {
  gauge.reset();
  // The library resets a gauge without labels to 0, which would be told.
  gauge.remove({});
  for (const [labels, value] of values) gauge.set(labels, value);
}

export type Metrics = ReturnType<typeof createMetrics>;

/** @param build of the code, the same on a gateway and a worker that belong together */
export function createMetrics({ part, build }: { part: 'gateway' | 'worker'; build: string }) {
  const registry = new Registry();
  const looks: (() => Promise<void>)[] = [];
  const others: (() => Promise<string>)[] = [];
  collectDefaultMetrics({ register: registry });
  gauge('cfs_build_info', 'Always 1; the labels name the code', ['build', 'part']).set({ build, part }, 1);

  function gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  }

  async function read(): Promise<string> {
    await Promise.all(looks.map((look) => look()));
    const texts = await Promise.all([registry.metrics(), ...others.map((other) => other())]);
    return texts.join('');
  }

  return {
    registry,
    gauge,

    /** Looks at something with each request. It must come to an end by itself, and must not reject. */
    lookAt: (look: () => Promise<void>): void => void looks.push(look),

    /** Adds the metrics of somebody else, in Prometheus's text format. */
    append: (other: () => Promise<string>): void => void others.push(other),

    routes: {
      [metricsPath]: async () => ({ status: 200, type: registry.contentType, body: await read() }),
    } satisfies OperationsRoutes,
  };
}
