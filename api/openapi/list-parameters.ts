import { z } from 'zod';
import { listQuery } from '../request/list-query.ts';

type Parameter = { name: string; in: 'query'; required: false; description: string; schema: object };

/** The parameters of a query, from the very schema that checks them. */
export function parametersOf(query: z.ZodObject): Parameter[] {
  return Object.entries(query.shape).map(([name, parameter]): Parameter => {
    const { description, $schema, ...schema } = z.toJSONSchema(parameter, { io: 'input', unrepresentable: 'any' });
    return { name, in: 'query', required: false, description: description ?? `Only of this ${name}`, schema };
  });
}

export const queryParameters = parametersOf(listQuery);
