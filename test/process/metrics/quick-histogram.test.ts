import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { QuickHistogram } from '../../../process/metrics/quick-histogram.ts';

const buckets = [0.001, 0.5, 1, 2.5];

test('tells what the histogram of the library tells', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.constantFrom('a', 'b "quoted"'),
          fc.oneof(fc.constantFrom(...buckets), fc.double({ min: 0, max: 5, noNaN: true })),
        ),
      ),
      async (observed) => {
        const [own, library] = [new Registry(), new Registry()];
        const head = { name: 'h', help: 'A histogram', buckets, labelNames: ['of'] as const };
        const quick = new QuickHistogram({ ...head, registers: [own] });
        const usual = new Histogram({ ...head, registers: [library] });
        const series = new Map([...new Set(observed.map(([of]) => of))].map((of) => [of, quick.series({ of })]));

        for (const [of, value] of observed) {
          series.get(of)?.observe(value);
          usual.observe({ of }, value);
        }

        const sorted = async (registry: Registry) =>
          (await registry.metrics())
            .split('\n')
            .map((line) =>
              line.replace(/\{(.*)\}/, (_, labels: string) =>
                labels
                  .split(/,(?=\w+=)/)
                  .sort()
                  .join(),
              ),
            )
            .sort();
        expect(await sorted(own)).toEqual(await sorted(library));
      },
    ),
  );
});
