/** Rows read per query, and workflows per page. */
export const batchSize = 500;

/** Reads a list page by page, each after the last item of the previous one, until a page is empty. */
export async function* pages<Item>(read: (last: Item | undefined) => Promise<Item[]>): AsyncGenerator<Item[]> {
  for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1))) yield page;
}
