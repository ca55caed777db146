/** The header fields of the answers, each one described once. */
export function headers(publicUrl: string) {
  const statusUrl = {
    type: 'string',
    format: 'uri',
    maxLength: 2_000,
    pattern: `^${escaped(publicUrl)}/api/submissions/[0-9a-f]{32}$`,
  };
  const operationUrl = {
    ...statusUrl,
    pattern: `^${escaped(publicUrl)}/api/organiser/(announcements|closings)/[0-9a-f]{32}$`,
  };
  const location = {
    description: 'Where to poll: the same absolute URL in `Location`, `Operation-Location` and `Content-Location`',
    schema: statusUrl,
  };
  const retryAfter = {
    description: 'Seconds to wait before the next request',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 },
  };
  const requestId = { type: 'string', maxLength: 255, pattern: '^[A-Za-z0-9_=-]+$' };
  const entityTag = { type: 'string', maxLength: 24, pattern: '^"[A-Za-z0-9_-]{22}"$' };
  const required = true as const;

  return {
    Location: { required, ...location },
    LocationWhileRunning: location,
    RetryAfter: { required, ...retryAfter },
    RetryAfterWhileRunning: retryAfter,
    RetryAfterOrAtOnce: {
      required,
      description: 'Seconds to wait before the next request; 0 if there is more already',
      schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 86_400 },
    },
    OperationLocation: {
      required,
      description:
        'URL to follow the operation: the same absolute URL in `Location`, `Operation-Location` and `Content-Location`',
      schema: operationUrl,
    },
    OperationLocationWhileRunning: { description: 'While the operation runs', schema: operationUrl },
    OrganiserLocation: {
      required,
      description: 'URL of the next request',
      schema: { type: 'string', format: 'uri', maxLength: 2_000, pattern: `^${escaped(publicUrl)}/api/organiser/` },
    },
    ETag: {
      required,
      description: 'Strong tag of exactly the content that this client receives',
      schema: entityTag,
    },
    ETagUnlessFile: { description: 'Strong tag of exactly this page. A file has none', schema: entityTag },
    PreferenceApplied: { description: 'Present if the response was held back as preferred', schema: { const: 'wait' } },
    Allow: {
      description: 'With `405`: the methods of the path',
      schema: { type: 'string', maxLength: 100, pattern: '^[A-Z]+(, [A-Z]+)*$' },
    },
    AcceptedType: {
      description: 'Supported type, if that of the request is not',
      schema: { const: 'application/json' },
    },
    AcceptedPatch: {
      description: 'Supported type of a patch, if that of the request is not (RFC 5789)',
      schema: { const: 'application/merge-patch+json' },
    },
    AcceptedCoding: {
      description: 'Supported coding, if that of the request is not',
      schema: { const: 'identity' },
    },
    WwwAuthenticate: {
      required,
      description: 'The credentials required: the same for missing, wrong and insufficient ones',
      schema: { type: 'string', maxLength: 100, pattern: '^Bearer ' },
    },
    RateLimit: {
      required,
      description: 'Requests left, and seconds until the limit resets (draft-ietf-httpapi-ratelimit-headers-10)',
      schema: { type: 'string', maxLength: 200, pattern: '^"[a-z-]+";r=[0-9]+;t=[0-9]+$' },
    },
    RateLimitPolicy: {
      required,
      description: 'Requests per window, in seconds (draft-ietf-httpapi-ratelimit-headers-10)',
      schema: { type: 'string', maxLength: 200, pattern: '^"[a-z-]+";q=[0-9]+;w=[0-9]+$' },
    },
    NoStore: { required, description: 'Not to be stored', schema: { const: 'no-store' } },
    NoStoreTagged: {
      required,
      description: 'Not to be stored; the tag is for the next change',
      schema: { const: 'no-store, no-transform' },
    },
    Revalidate: {
      required,
      description: 'To be stored by the client alone, and revalidated',
      schema: { const: 'private, no-cache, no-transform' },
    },
    RevalidateUnlessFile: {
      required,
      description:
        'To be stored by the client alone, and revalidated. A file is streamed, and may be compressed on its way',
      schema: { enum: ['private, no-cache, no-transform', 'private, no-cache'] },
    },
    Public: { required, description: 'To be stored by anyone, for a while', schema: { const: 'public, max-age=300' } },
    Shared: {
      required,
      description: 'To be stored by anyone, for a short while, and revalidated',
      schema: { const: 'public, max-age=60, no-transform' },
    },
    RequestId: {
      required,
      description: 'Id of the request in the log: the one that was sent, if it is valid, or a new one',
      schema: requestId,
    },
    RequestIdIfRead: {
      description: 'Id of the request in the log. Absent if the request could not be parsed',
      schema: requestId,
    },
    NoSniff: { required, description: 'Browsers must not guess the media type', schema: { const: 'nosniff' } },
    Referrer: {
      required,
      description: 'Browsers send no URL of the service to others',
      schema: { const: 'no-referrer' },
    },
    Policy: {
      required,
      description: 'What browsers may do with the content: nothing, except on pages',
      schema: { type: 'string', maxLength: 1_000, pattern: "^default-src 'none'; " },
    },
    NextPage: {
      description: 'URL of the next page, if there is one (RFC 8288)',
      schema: { type: 'string', maxLength: 2_100, pattern: '^<[^>]+>; rel="next"$' },
    },
    ContentDisposition: {
      description: 'File name, if the response is a file',
      schema: { type: 'string', maxLength: 100, pattern: '^attachment; filename="[a-z.]+"$' },
    },
    Origin: {
      description: 'Origin of the request, if the operators have allowed it (CORS)',
      schema: { type: 'string', format: 'uri', maxLength: 2_000 },
    },
    Exposed: {
      description: 'Header fields that pages of that origin may read (CORS)',
      schema: { type: 'string', maxLength: 1_000, pattern: '^[A-Za-z-]+(,[A-Za-z-]+)*$' },
    },
  };
}

type Headers = ReturnType<typeof headers>;

export type HeaderName = keyof Headers;

/** Of those that are always there. */
export type RequiredHeader = {
  [Name in HeaderName]: Headers[Name] extends { required: true } ? Name : never;
}[HeaderName];

/** Names of the fields that `pollingHeaders` makes. */
const pollingFields = <const Url extends HeaderName, const Seconds extends HeaderName>(url: Url, seconds: Seconds) =>
  ({ Location: url, 'Operation-Location': url, 'Content-Location': url, 'Retry-After': seconds }) as const;

export const polling = pollingFields('Location', 'RetryAfter');
export const pollingWhileRunning = pollingFields('LocationWhileRunning', 'RetryAfterWhileRunning');
export const following = pollingFields('OperationLocation', 'RetryAfter');
export const followingWhileRunning = pollingFields('OperationLocationWhileRunning', 'RetryAfterWhileRunning');

/** Header fields that each response lists. */
export const onEach = { 'X-Request-Id': 'RequestId' } as const satisfies Record<string, HeaderName>;

/** Header fields of every response that are for browsers: documented once, since each response would repeat them. */
export const forBrowsers = {
  'X-Content-Type-Options': 'NoSniff',
  'Referrer-Policy': 'Referrer',
  'Content-Security-Policy': 'Policy',
  'Access-Control-Allow-Origin': 'Origin',
  'Access-Control-Expose-Headers': 'Exposed',
} as const satisfies Record<string, HeaderName>;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
