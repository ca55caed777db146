import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Sending } from './sending.ts';

/** Milliseconds to wait for the answer. */
const longestTime = 20_000;

type Posted = Sending & { answer?: { status: number; retryAfter: string | undefined } };

type Options = {
  isAllowed?: (address: string) => boolean;
  timeout?: number;
};

/**
 * Refuses private addresses, and connects to the checked address: a name that resolves differently a moment later can't
 * lead to another one. Doesn't follow redirects.
 */
export function postJson(
  url: string,
  body: string,
  headers: Record<string, string>,
  { isAllowed = isPublic, timeout = longestTime }: Options = {},
): Promise<Posted> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) return Promise.resolve(privateAddress(host));
  let isWritten = false;

  return new Promise((resolve) => {
    const request = (target.protocol === 'https:' ? https : http).request(target, {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'call-for-speakers',
      },
      lookup: checkedLookup(isAllowed),
      agent: false,
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer in ${timeout} ms`)), timeout);
    const settle = (posted: Posted) => {
      clearTimeout(timer);
      resolve(posted);
    };
    request.on('socket', (socket) =>
      socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        isWritten = true;
      }),
    );
    request.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      settle({ ...sendingOf(status), answer: { status, retryAfter: headers['retry-after'] } });
      response.destroy();
    });
    request.on('error', (error) => {
      if (error instanceof PrivateAddressError) settle(privateAddress(error.address));
      else settle({ kind: isWritten ? 'unknown' : 'postponed', detail: error.message });
    });
    request.end(body);
  });
}

function sendingOf(status: number): Sending {
  const detail = `the answer was ${status}`;
  if (status >= 200 && status < 300) return { kind: 'sent', detail };
  if (status === 429 || status === 503) return { kind: 'postponed', detail };
  // The receiver may have processed the request before it failed.
  if (status >= 500 || status === 408) return { kind: 'unknown', detail };
  return { kind: 'refused', detail };
}

class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
  readonly address: string;

  constructor(address: string) {
    super(`${address} is a private address`);
    this.address = address;
  }
}

function privateAddress(address: string): Sending {
  return { kind: 'refused', detail: `${address} is a private address: nothing is sent there` };
}

function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

function checkedLookup(isAllowed: (address: string) => boolean) {
  return (name: string, options: LookupOptions, callback: Callback): void => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const wrong = addresses.find(({ address }) => !isAllowed(address));
      if (wrong) return callback(new PrivateAddressError(wrong.address), []);
      const [first] = addresses;
      if (options.all || first === undefined) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
