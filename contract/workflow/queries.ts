import { defineQuery } from '@temporalio/workflow';
import type { StatusDocument } from '../http/status.ts';
import type { Recordable } from '../recordable.ts';

/** For the gateway: returns nothing internal. */
export const publicStatusQuery = defineQuery<StatusDocument>('publicStatus');

export const recordQuery = defineQuery<Recordable>('record');
