import type { Person } from '../../contract/committee/person.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { ProblemCode } from '../http/problems.ts';
import type { Refuse } from '../http/refusal.ts';

/** A person with a request: who it is, until when it is answered, and what it may be refused by. */
export type Asker<Code extends ProblemCode = never> = { person: Person; deadline: Deadline; refuse: Refuse<Code> };
