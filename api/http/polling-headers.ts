/** Where and when to poll again (contract H7, H8). */
export function pollingHeaders(url: string, seconds: number) {
  return { Location: url, 'Operation-Location': url, 'Content-Location': url, 'Retry-After': String(seconds) };
}
