import { TypedSearchAttributes } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { searchAttributes } from '../../contract/workflow/search-attributes.ts';

/** `type`: as the tools write it. `number`: of temporal.api.enums.v1.IndexedValueType. */
export const neededAttributes = searchAttributes.map(({ name, type }) => ({
  name,
  type: TypedSearchAttributes.toMetadataType(type),
  number: encodeSearchAttributeIndexedValueType(type) ?? 0,
}));

export type NeededAttribute = (typeof neededAttributes)[number];
