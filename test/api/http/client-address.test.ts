import { expect, test } from 'vitest';
import { createClientAddress } from '../../../api/http/client-address.ts';

/** What the function sees of a request that Node received. */
function from(remoteAddress: string, forwardedFor?: string) {
  const socket = { remoteAddress };
  const headers = forwardedFor ? { 'x-forwarded-for': forwardedFor } : {};
  return { env: { incoming: { socket, connection: socket, headers } } } as never;
}

test('H7: a connection of a trusted proxy brings one client after the other', () => {
  const addressOf = createClientAddress(['192.0.2.1']);
  const socket = { remoteAddress: '192.0.2.1' };
  const through = (forwarded: string) =>
    ({ env: { incoming: { socket, connection: socket, headers: { 'x-forwarded-for': forwarded } } } }) as never;

  const addresses = ['198.51.100.7', '198.51.100.7', '198.51.100.8'].map((one) => addressOf(through(one)));

  expect(addresses).toEqual(['198.51.100.7', '198.51.100.7', '198.51.100.8']);
});

test.each([
  ['what a client says of itself is nothing', [], '192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['a trusted proxy is believed', ['192.0.2.0/24'], '192.0.2.1', '198.51.100.7', '198.51.100.7'],
  ['only what the trusted ones added counts', ['192.0.2.1'], '192.0.2.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['a port that a proxy adds is not the client', ['192.0.2.1'], '192.0.2.1', '198.51.100.7:5678', '198.51.100.7'],
  ['nor is it in IPv6', ['192.0.2.1'], '192.0.2.1', '[2001:db8::1]:5678', '2001:db8::'],
  ['nonsense of a proxy is none', ['192.0.2.1'], '192.0.2.1', 'unknown', '192.0.2.1'],
  ['an IPv4 address in IPv6 is the same client', [], '::ffff:192.0.2.1', undefined, '192.0.2.1'],
  ['an IPv6 network of 64 bits is one client', [], '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::'],
])('H7: %s', (_, trusted, remote, forwarded, address) => {
  expect(createClientAddress(trusted)(from(remote, forwarded))).toBe(address);
});
