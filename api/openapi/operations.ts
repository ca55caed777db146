type Operation = { operationId: string; summary: string };

/** A path that is read: HEAD answers as GET does, without the content (contract H20). */
export function readable<Get extends Operation>(get: Get) {
  const { operationId, summary } = get;
  return {
    get,
    head: { ...get, operationId: `${operationId}Headers`, summary: `${summary}: the header fields alone` },
  };
}
