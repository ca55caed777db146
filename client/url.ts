/** Refuses URLs that `fetch` refuses: they would be retried like a lost connection. @throws TypeError */
export function httpUrl(text: string | URL): URL {
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`${url} is not an http or https URL`);
  if (url.username || url.password) throw new TypeError(`${url.host}: a URL with credentials in it can't be fetched`);
  return url;
}

export function apiUrl(server: string | URL, ...path: readonly string[]): URL {
  return new URL(`${withoutSlashes(httpUrl(server).href)}/api/${path.map(encodeURIComponent).join('/')}`);
}

/** Takes linear time; a regular expression would backtrack at each slash. */
export function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
