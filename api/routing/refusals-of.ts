import type { ProblemCode } from '../http/problems.ts';
import type { Definition } from './definition.ts';
import { implied } from './implied.ts';

/** All codes that a route may refuse with. */
export function refusalsOf(definition: Definition): ReadonlySet<ProblemCode> {
  const { route, who, takes = {}, refuses = [], isConstant } = definition;
  const { query, rawBody, body } = takes;
  return new Set<ProblemCode>([
    ...implied.always,
    ...implied.anyRequest,
    ...(who === 'anyone' ? [] : implied.known),
    ...(isConstant ? [] : implied.asks),
    ...(query ? implied.query : []),
    ...(rawBody ? implied.rawBody : []),
    ...(body ? implied.body : []),
    ...(route.startsWith('GET') ? [] : implied.changes),
    ...refuses,
  ]);
}
