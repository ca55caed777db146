import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import proxyAddress from 'proxy-addr';

/**
 * The client's address. X-Forwarded-For counts only as far as trusted proxies have added to it (contract H7). An IPv6
 * customer has at least a /64 network, which counts as one client.
 */
export function createClientAddress(trustedProxies: readonly string[]) {
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  const latest = new WeakMap<Socket, { forwarded: unknown; address: string }>();

  return (c: Context): string => {
    const incoming: IncomingMessage | undefined = c.env?.incoming;
    if (!incoming?.socket.remoteAddress) return 'unknown';
    const forwarded = incoming.headers['x-forwarded-for'];
    const known = latest.get(incoming.socket);
    if (known && known.forwarded === forwarded) return known.address;
    const address = addressOf(incoming, incoming.socket.remoteAddress);
    latest.set(incoming.socket, { forwarded, address });
    return address;
  };

  function addressOf(incoming: IncomingMessage, remote: string): string {
    const address = proxyAddress(incoming, isTrusted);
    const [, host = address] = withPort.exec(address) ?? [];
    return networkOf(ipaddr.isValid(host) ? host : remote);
  }
}

/** Some proxies add the port: 192.0.2.1:5678, or [2001:db8::1]:5678. */
const withPort = /^\[?([0-9.]+|(?<=\[)[0-9a-f:.]+)\]?:\d+$/i;

function networkOf(text: string): string {
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv6 ? ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString() : `${address}`;
}
