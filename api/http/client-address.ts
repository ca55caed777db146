import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import proxyAddress from 'proxy-addr';

/**
 * Whom a request comes from. What it says of itself in X-Forwarded-For counts only where a proxy that is trusted adds to
 * it (contract H7). One IPv6 customer has a network of 64 bits at least, and is one client.
 */
export function createClientAddress(trustedProxies: readonly string[]) {
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  return (c: Context): string => {
    const incoming: IncomingMessage | undefined = c.env?.incoming;
    if (!incoming?.socket.remoteAddress) return 'unknown';
    const address = proxyAddress(incoming, isTrusted);
    const [, host = address] = withPort.exec(address) ?? [];
    return networkOf(ipaddr.isValid(host) ? host : incoming.socket.remoteAddress);
  };
}

/** As some proxies say it: 192.0.2.1:5678, or [2001:db8::1]:5678. */
const withPort = /^\[?([0-9.]+|(?<=\[)[0-9a-f:.]+)\]?:\d+$/i;

function networkOf(text: string): string {
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv6 ? ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString() : `${address}`;
}
