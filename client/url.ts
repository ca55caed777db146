/** A URL that can be fetched: any other would look like a lost connection, and be retried. @throws TypeError */
export function httpUrl(text: string | URL): URL {
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`${url} is not an http or https URL`);
  if (url.username || url.password) throw new TypeError(`${url.host}: a URL with credentials in it can't be fetched`);
  return url;
}

/** The URL of a resource below the base of the service's URLs. */
export function apiUrl(server: string | URL, ...path: readonly string[]): URL {
  return new URL(`${withoutSlashes(httpUrl(server).href)}/api/${path.map(encodeURIComponent).join('/')}`);
}

/** Runs in linear time; a regular expression would backtrack at each slash of a long row. */
export function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
