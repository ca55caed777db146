/**
 * The only access of organisers and reviewers to submissions. Routes have neither the store nor the workflow ports: every
 * read and every command goes through here, on behalf of a person.
 */

import type { Call } from '../../contract/call/call.ts';
import { type ActsDependencies, createActs } from './acts.ts';
import { createCursors } from './cursors.ts';
import { createErasing, type ErasingDependencies } from './erasing.ts';
import { createFeeds, type FeedDependencies } from './feeds.ts';
import { createLedger, type LedgerDependencies } from './ledger.ts';
import { createLists, type ListDependencies } from './lists.ts';
import { createOpening, type OpeningDependencies } from './opening.ts';
import { createPossibleConflicts, type PossibleConflictsDependencies } from './possible-conflicts.ts';
import { createView } from './view.ts';

type Everything = PossibleConflictsDependencies &
  ListDependencies &
  OpeningDependencies &
  ErasingDependencies &
  FeedDependencies &
  LedgerDependencies &
  ActsDependencies;

export type GateDependencies = Omit<Everything, 'view' | 'cursors' | 'possibleConflicts' | 'call'> & {
  call: Call;
  idSecret: string;
};

export type Gate = ReturnType<typeof createGate>;

export function createGate({ call, idSecret, ...ports }: GateDependencies) {
  const shared = {
    ...ports,
    call,
    view: createView(call),
    cursors: createCursors(idSecret),
    possibleConflicts: createPossibleConflicts(ports),
  };
  return {
    ...createLists(shared),
    ...createOpening(shared),
    ...createErasing(shared),
    ...createFeeds(shared),
    ...createLedger(shared),
    ...createActs(shared),
  };
}
