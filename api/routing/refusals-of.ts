import type { ProblemCode } from '../http/problem.ts';
import type { Definition } from './definition.ts';
import { implied } from './implied.ts';

/** All codes that a route may refuse with. */
export function refusalsOf({ who, takes = {}, refuses = [], isConstant }: Definition): ReadonlySet<ProblemCode> {
  const { query, rawBody, body, preconditions } = takes;
  return new Set<ProblemCode>([
    ...implied.always,
    ...(who === 'anyone' ? [] : implied.known),
    ...(isConstant ? [] : implied.asks),
    ...(query ? implied.query : []),
    ...(rawBody ? implied.rawBody : []),
    ...(body ? implied.body : []),
    ...(preconditions ? implied.preconditions : []),
    ...refuses,
  ]);
}
