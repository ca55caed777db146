/** Rows read per query, and workflows per page. */
export const batchSize = 500;

/** Each begins after the last item of the one before. */
export async function* pages<Item>(read: (last: Item | undefined) => Promise<Item[]>): AsyncGenerator<Item[]> {
  for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1))) yield page;
}
