import type { Person } from '../../contract/committee/person.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { ProblemCode } from '../http/problems.ts';
import type { Refuse } from '../http/refusal.ts';

/** The person behind a request, its deadline, and the problems it may be refused with. */
export type Asker<Code extends ProblemCode = never> = { person: Person; deadline: Deadline; refuse: Refuse<Code> };
