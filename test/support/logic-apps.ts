import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Of the Workflow Definition Language as much as the example has of it. */
const leaf = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Http'),
    inputs: z.object({
      method: z.string(),
      uri: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
    }),
    operationOptions: z.string().optional(),
  }),
  z.object({ type: z.literal('Compose'), inputs: z.string() }),
  z.object({
    type: z.literal('Terminate'),
    inputs: z.object({ runStatus: z.string(), runError: z.object({ message: z.string() }) }),
  }),
]);
const choice = z.object({
  type: z.literal('Switch'),
  expression: z.string(),
  cases: z.record(z.string(), z.object({ case: z.string(), actions: z.record(z.string(), leaf) })),
});
export const definitionSchema = z.object({
  actions: z.record(z.string(), z.discriminatedUnion('type', [leaf, choice])),
});

type Definition = z.output<typeof definitionSchema>;
type Actions = Definition['actions'];
type HttpAction = Extract<z.output<typeof leaf>, { type: 'Http' }>;

/** Seconds between two polls where Retry-After says none: what Logic Apps has as its own. */
const usualPace = 20;

/** Runs a definition, its actions in the order they are written, and gives what it came to. */
export async function runLogicApp(
  { actions }: Definition,
  parameters: Record<string, string>,
  triggerBody: unknown,
): Promise<string> {
  const bodies: Record<string, unknown> = {};
  const runName = crypto.randomUUID();
  const functions: Record<string, ((argument: string) => unknown) | undefined> = {
    body: (name) => bodies[name],
    parameters: (name) => parameters[name],
    triggerBody: () => triggerBody,
    workflow: () => ({ run: { name: runName } }),
  };
  return run(actions);

  async function run(some: Actions): Promise<string> {
    let outcome = '';
    for (const [name, action] of Object.entries(some)) {
      switch (action.type) {
        case 'Http':
          bodies[name] = await follow(action);
          break;
        case 'Compose':
          outcome = String(evaluate(action.inputs));
          break;
        case 'Terminate':
          return `${action.inputs.runStatus.toLowerCase()}: ${evaluate(action.inputs.runError.message)}`;
        case 'Switch': {
          const value = evaluate(action.expression);
          const chosen = Object.values(action.cases).find((one) => one.case === value);
          outcome = await run(chosen?.actions ?? {});
        }
      }
    }
    return outcome;
  }

  /** The asynchronous pattern: after a 202, the Location is asked until the answer is another one. */
  async function follow({ inputs, operationOptions }: HttpAction): Promise<unknown> {
    const headers = Object.entries(inputs.headers).map(([name, value]): [string, string] => [
      name,
      String(evaluate(value)),
    ]);
    const body = JSON.stringify(evaluate(inputs.body));
    let response = await fetch(String(evaluate(inputs.uri)), { method: inputs.method, headers, body });
    while (response.status === 202 && operationOptions !== 'DisableAsyncPattern') {
      await sleep(Number(response.headers.get('Retry-After') ?? usualPace) * 1_000);
      response = await fetch(response.headers.get('Location') ?? '');
    }
    if (!response.ok) throw new Error(`the action failed: ${await response.text()}`);
    return response.json();
  }

  /** `@call('argument')?['property'].property`, or text with such calls in `@{…}`. */
  function evaluate(text: string): unknown {
    const [, whole] = /^@([^{].*)$/.exec(text) ?? [];
    if (whole !== undefined) return call(whole);
    return text.replace(/@\{([^}]*)\}/g, (_, expression: string) => String(call(expression)));
  }

  function call(expression: string): unknown {
    const [, name = '', argument = '', path = ''] = /^(\w+)\((?:'(\w*)')?\)(.*)$/.exec(expression) ?? [];
    let value = functions[name]?.(argument);
    for (const [, quoted, plain] of path.matchAll(/\?\['(\w+)'\]|\.(\w+)/g)) {
      value = z.record(z.string(), z.unknown()).optional().parse(value)?.[quoted ?? plain ?? ''];
    }
    return value;
  }
}
