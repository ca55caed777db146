import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import type { PayloadKeys } from '../../../process/settings/payload-keys.ts';
import { createPayloadCodec, markPlain } from '../../../temporal/codec/payload-codec.ts';
import { UnreadablePayloadError } from '../../../temporal/codec/unreadable-payload-error.ts';

const first = { id: 'first', key: Buffer.alloc(32, 1) };
const second = { id: 'second', key: Buffer.alloc(32, 2) };
const codec = createPayloadCodec([first]);

const of = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId });
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const words = payload({ title: 'Planted words' });

async function sealed(keys: PayloadKeys = [first], context?: SerializationContext, value = words): Promise<Payload> {
  const [one] = await createPayloadCodec(keys).encode([value], context);
  if (!one) throw new Error('nothing was encoded');
  return one;
}

async function opened(one: Payload, context?: SerializationContext, keys: PayloadKeys = [first]): Promise<unknown> {
  const [plain] = await createPayloadCodec(keys).decode([one], context);
  return plain && defaultPayloadConverter.fromPayload(plain);
}

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

describe('a payload', () => {
  test('is encrypted, with the id of its key and its workflow in clear', async () => {
    const { metadata, data } = await sealed([first], of('submission-1'));

    expect(Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)])).toEqual([
      ['encoding', 'binary/encrypted'],
      ['encryption-key-id', 'first'],
      ['workflow-id', 'submission-1'],
    ]);
    expect(text(data ?? undefined)).not.toContain('Planted');
  });

  test('is decrypted, with its own encoding', async () => {
    const [plain] = await codec.decode([await sealed([first], of('submission-1'))], of('submission-1'));

    expect(text(plain?.metadata?.encoding)).toBe('json/plain');
    expect(text(plain?.data ?? undefined)).toBe('{"title":"Planted words"}');
  });

  test('is another one each time', async () => {
    const [one, other] = [await sealed(), await sealed()];

    expect(text(one.data ?? undefined)).not.toBe(text(other.data ?? undefined));
  });

  test('that says nothing stays as it is', async () => {
    const nothing = payload(undefined);

    const [encoded] = await codec.encode([nothing], of('reconciliation'));

    expect(encoded).toEqual(nothing);
    expect(await opened(nothing, of('reconciliation'))).toBeUndefined();
  });

  test('that claims to say nothing, and does, is refused', async () => {
    await expect(opened({ ...payload(undefined), data: Buffer.from('{}') })).rejects.toThrow(UnreadablePayloadError);
  });

  test('grows by less than 220 bytes', async () => {
    const id = `submission-${'0'.repeat(32)}`;
    const sizeOf = ({ metadata, data }: Payload) =>
      Object.entries(metadata ?? {}).reduce((sum, [name, value]) => sum + name.length + value.length, 0) +
      (data?.length ?? 0);

    const growth = sizeOf(await sealed([first], of(id))) - sizeOf(words);

    expect(growth).toBeLessThan(220);
  });
});

describe('keys', () => {
  test('of before are read, and the first one writes', async () => {
    const old = await sealed([first]);
    const written = await sealed([second, first]);

    expect(await opened(old, undefined, [second, first])).toEqual({ title: 'Planted words' });
    expect(text(written.metadata?.['encryption-key-id'])).toBe('second');
  });

  test('that are missing are named', async () => {
    await expect(opened(await sealed([first]), undefined, [second])).rejects.toThrow(
      'The key first is not among PAYLOAD_KEYS',
    );
  });

  test('under the same id, but with other bytes, open nothing', async () => {
    const impostor = { id: 'first', key: Buffer.alloc(32, 9) };

    await expect(opened(await sealed([first]), undefined, [impostor])).rejects.toThrow(UnreadablePayloadError);
  });

  test('that are off write in clear, and read what keys behind it have written', async () => {
    const plain = await sealed(['off', first]);

    expect(plain).toEqual(words);
    expect(await opened(await sealed([first]), undefined, ['off', first])).toEqual({ title: 'Planted words' });
  });
});

describe('a payload in clear', () => {
  test('is refused with keys alone: else a command could be given without one', async () => {
    await expect(opened(words)).rejects.toThrow('A payload is not encrypted');
  });

  test('is marked for a worker, so that nothing converts it', async () => {
    const [marked] = await createPayloadCodec([first], markPlain).decode([words], of('submission-1'));

    expect(() => marked && defaultPayloadConverter.fromPayload(marked)).toThrow(
      'Unknown encoding: binary/not-encrypted',
    );
  });

  test('is read with `off` behind the keys', async () => {
    expect(await opened(words, undefined, [first, 'off'])).toEqual({ title: 'Planted words' });
  });
});

describe('a payload of another workflow', () => {
  test('is refused in the place of one of this workflow', async () => {
    const moved = await sealed([first], of('submission-1'));

    await expect(opened(moved, of('submission-2'))).rejects.toThrow(
      'A payload of the workflow submission-1 is in place of one of submission-2',
    );
  });

  test('is refused for an activity as well', async () => {
    const moved = await sealed([first], of('submission-1'));
    const activity = { type: 'activity', namespace: 'default', isLocal: true } as const;

    await expect(opened(moved, { ...activity, workflowId: 'submission-2' })).rejects.toThrow(UnreadablePayloadError);
    expect(await opened(moved, { ...activity, workflowId: 'submission-1' })).toEqual({ title: 'Planted words' });
    expect(await opened(moved, activity)).toEqual({ title: 'Planted words' });
  });

  test('that claims to be of this one is refused', async () => {
    const moved = await sealed([first], of('submission-1'));
    const relabelled = { ...moved, metadata: { ...moved.metadata, 'workflow-id': Buffer.from('submission-2') } };
    const { 'workflow-id': _, ...unbound } = moved.metadata ?? {};

    await expect(opened(relabelled, of('submission-2'))).rejects.toThrow(UnreadablePayloadError);
    await expect(opened({ ...moved, metadata: unbound }, of('submission-2'))).rejects.toThrow(UnreadablePayloadError);
  });

  test('is read where it comes from the run before, of the same schedule', async () => {
    const result = await sealed([first], of('reconciliation-2026-11-01T12:00:00Z'));

    expect(await opened(result, of('reconciliation-2026-11-01T12:05:00Z'))).toEqual({ title: 'Planted words' });
    await expect(opened(result, of('other-2026-11-01T12:05:00Z'))).rejects.toThrow(UnreadablePayloadError);
  });
});

describe('a changed payload', () => {
  test('is refused, whichever bit it is', async () => {
    const one = await sealed();
    const data = Buffer.from(one.data ?? []);

    for (let at = 0; at < data.length; at += 1) {
      const changed = Buffer.from(data);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(opened({ ...one, data: changed })).rejects.toThrow(UnreadablePayloadError);
    }
  });

  test.each([0, 1, 12, 27, 28])('is refused if it was cut to %i bytes', async (length) => {
    const one = await sealed();

    await expect(opened({ ...one, data: one.data?.slice(0, length) ?? null })).rejects.toThrow(UnreadablePayloadError);
  });
});
