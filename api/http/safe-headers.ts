/** Header fields that protect browsers (contract H28). Obsolete ones are left out: the content security policy replaces them. */

/**
 * For JSON. Fields about a page's windows and processes don't apply to it. Browsers send no credentials by themselves, so
 * there is nothing to protect from other pages.
 */
export const safeHeaders = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

/** For the pages: nothing inline, nothing from another host. */
export const safePageHeaders = {
  ...safeHeaders,
  'Content-Security-Policy': [
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'",
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
};
