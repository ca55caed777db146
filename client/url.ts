/** A URL that can be fetched. To fetch, any other looks like a lost connection, and would be tried for ever. */
export function httpUrl(text: string | URL): URL {
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`${url} is not an http or https URL`);
  if (url.username || url.password) throw new TypeError(`${url.host}: a URL with credentials in it can't be fetched`);
  return url;
}

/** Of something in the API of the organisers, below the base of the service's URLs. */
export function organiserUrl(server: string | URL, collection: string, name: string): URL {
  const base = withoutSlashes(httpUrl(server).href);
  return new URL(`${base}/api/organiser/${collection}/${encodeURIComponent(name)}`);
}

/** Without those at its end. By hand: a pattern would begin anew at each slash of a long row in its middle. */
export function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
