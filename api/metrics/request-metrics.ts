import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { Metrics } from '../../process/metrics/metrics.ts';
import { QuickHistogram, type Series } from '../../process/metrics/quick-histogram.ts';
import type { Around } from '../watching/around.ts';

/** Seconds. A response leaves within 2 s (contract H13), and a status that is at hand within a millisecond. */
const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

/** A client may send any other method: they share one label. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** By method, and then by the number of the status. */
type Route = Map<string, Map<number, Series>>;

/** `held`: milliseconds in which it waited for news, as it wished. */
type Open = { began: number; held: number; route: Route };

/** The status of a request whose client went away before it was answered. */
const aborted = 0;

/** Of a response of Node. */
type Answered = { headersSent: boolean; statusCode: number; once: (event: 'close', listener: () => void) => unknown };

/** Counts and times requests, from their arrival until the last byte of the response is handed over. */
export function createRequestMetrics({ registry, gauge, lookAt }: Metrics) {
  const durations = new QuickHistogram({
    name: 'cfs_http_request_duration_seconds',
    help: 'Time of a request, without that for which it was held (Prefer: wait)',
    labelNames: ['route', 'method', 'status'],
    buckets,
    registers: [registry],
  });
  const inFlight = gauge('cfs_http_requests_in_flight', 'Requests that are being answered, with those that are held');
  const open = new Map<unknown, Open>();
  const names = new Map<Route, string>();
  const unknown = routeOf('none');
  lookAt(async () => inFlight.set(open.size));

  function routeOf(name: string): Route {
    const route: Route = new Map();
    names.set(route, name);
    return route;
  }

  function seriesOf(route: Route, sent: string, status: number): Series {
    const method = methods.includes(sent) ? sent : 'other';
    const byStatus = route.get(method) ?? new Map<number, Series>();
    route.set(method, byStatus);
    const text = status === aborted ? 'aborted' : String(status);
    const series = byStatus.get(status) ?? durations.series({ route: names.get(route) ?? '', method, status: text });
    byStatus.set(status, series);
    return series;
  }

  return {
    begin({ method = '' }: Pick<IncomingMessage, 'method'>, response: Answered): void {
      const request = { began: performance.now(), held: 0, route: unknown };
      open.set(response, request);
      response.once('close', () => {
        open.delete(response);
        const { began, held, route } = request;
        const status = response.headersSent ? response.statusCode : aborted;
        const series = route.get(method)?.get(status) ?? seriesOf(route, method, status);
        series.observe((performance.now() - began - held) / 1_000);
      });
    },

    /** Names requests by their routes. A page's request is the page's, though it asks the API in turn. */
    around:
      (inner: Around): Around =>
      (name, handle) => {
        const route = routeOf(name);
        const watched = inner(name, handle);
        return (c) => {
          const request = open.get(c.env?.outgoing);
          if (request?.route === unknown) request.route = route;
          return watched(c);
        };
      },

    hold({ env }: Context, milliseconds: number): void {
      const request = open.get(env?.outgoing);
      if (request !== undefined) request.held += milliseconds;
    },
  };
}
