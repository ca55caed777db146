/** Spans, for whoever makes them. Nothing of OpenTelemetry is loaded by this. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Of a span: never what people wrote, nor an id that lets its bearer read anything (contract H11). */
export type Attributes = Record<string, string | number | boolean | undefined>;

export type SpanKind = 'server' | 'client' | 'consumer';

/** One that is sampled. */
export type Span = {
  /** As W3C Trace Context has it. */
  traceparent: string;
  end: (attributes?: Attributes, error?: unknown) => void;
};

type Options = {
  kind: SpanKind;
  attributes?: Attributes;
  /** Without one, it begins a trace. */
  parent?: string;
  /** In milliseconds since 1970. */
  since?: number;
};

export type Tracing = {
  /** Returns `undefined` for what isn't sampled. */
  begin: (name: string, options: Options) => Span | undefined;
  close: () => Promise<void>;
};

const current = new AsyncLocalStorage<string>();

/** The `traceparent` of what is under way, if it is traced. */
export const traceparentNow = (): string | undefined => current.getStore();

/** What is done in it belongs to the span. */
export const inSpan = <Value>({ traceparent }: Span, act: () => Value): Value => current.run(traceparent, act);

/** Does a part of what is traced, in a span of its own, and of anything else without one. */
export async function traced<Value>(
  { begin }: Pick<Tracing, 'begin'>,
  name: string,
  options: Options,
  act: (traceparent?: string) => Promise<Value>,
  told: (value: Value) => Attributes = () => ({}),
): Promise<Value> {
  const span = options.parent === undefined ? undefined : begin(name, options);
  if (span === undefined) return act();
  try {
    const value = await inSpan(span, () => act(span.traceparent));
    span.end(told(value));
    return value;
  } catch (error) {
    span.end({}, error);
    throw error;
  }
}
