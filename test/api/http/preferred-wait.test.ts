import { expect, test } from 'vitest';
import { preferredWait } from '../../../api/http/preferred-wait.ts';

test.each([
  ['wait=10', 10],
  ['wait=0', 0],
  ['WAIT="7"', 7],
  ['wait = 5', 5],
  ['respond-async, wait=10', 10],
  ['respond-async;foo=bar, wait=3; priority=5', 3],
  ['wait=3, wait=9', 3],
  ['foo="a, \\", wait=20", wait=4', 4],
  ['wait=100', 25],
  ['wait=99999999999999999999', 25],
])('H18: %j is a wish to wait for %d s', (header, seconds) => {
  expect(preferredWait(header)).toBe(seconds);
});

test.each([
  undefined,
  '',
  'wait',
  'wait=',
  'wait=-1',
  'wait=1.5',
  'wait=soon',
  'waiting=5',
  'handling=lenient',
  ';wait=5',
  ',,=',
  'foo="a, wait=20, b"',
  'foo="a, wait=20',
  'wait="5',
])('H18: %j is none', (header) => {
  expect(preferredWait(header)).toBeUndefined();
});
