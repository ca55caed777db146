import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

const dashboardFile = new URL('../../deploy/grafana/dashboards/dashboard.json', import.meta.url);

/** The queries of all panels. @param interval in place of Grafana's own, which depends on the window of its browser */
export async function panelQueries(interval: string): Promise<{ title: string; query: string }[]> {
  const { panels } = dashboard.parse(JSON.parse(await readFile(dashboardFile, 'utf8')));
  return panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ title, query: expr.replaceAll('$__rate_interval', interval) })),
  );
}
