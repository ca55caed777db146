import ipaddr from 'ipaddr.js';
import { z } from 'zod';

export const anyPort = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 1 to 65535')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, 'must be a port, 1 to 65535');

export const port = (fallback: number) => anyPort.default(fallback);

/** A number of whole seconds. */
export const seconds = (most: number) => {
  const message = `must be a number of seconds, 0 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,4}$/, message)
    .transform(Number)
    .refine((value) => value <= most, message);
};

export const publicUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL, like https://cfs.example.org' })
  .refine((url) => !/[?#]/.test(url), 'must not have a query or a fragment')
  // ASCII, as header fields require.
  .transform((url) => new URL(url).href.replace(/(?<!\/)\/+$/, ''));

export const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be the URL of a PostgreSQL, like postgres://user:password@host:5432/database',
});

export const smtpUrl = z.url({
  protocol: /^smtps?$/,
  error: 'must be the URL of a mail server, like smtps://user:password@host:465',
});

/** Temporal writes a version as name and build, with a dot between. */
export const deploymentName = z.string().regex(/^[\w-]{1,64}$/, 'must be a name of letters, digits, - or _');

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** Its keys say who is an operator: on the way, nobody may change them. */
export const issuerUrl = z
  .url({ protocol: /^https?$/, error: 'must be the https URL of an OpenID Connect issuer, as it stands in its tokens' })
  .refine(
    (url) => url.startsWith('https:') || ['127.0.0.1', 'localhost'].includes(new URL(url).hostname),
    'must be an https URL',
  );

/** Separated by commas. */
export const list = <Entry>(entry: z.ZodType<Entry, string>) =>
  z
    .string()
    .default('')
    .transform((text) => partsOf(text).filter(Boolean))
    .pipe(z.array(entry));

export const origin = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be origins, like https://example.org');

export const addresses = z
  .string()
  .refine(
    (text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text),
    'must be IP addresses or networks, like 10.0.0.0/8',
  );

// 128 bits are 32 hexadecimal characters.
export const secret = z
  .string('is required: a secret of at least 32 characters, the same for all gateways')
  .min(32, 'must have at least 32 characters');

export const webhookSecret = z.string().min(32, 'must have at least 32 characters');

/** The signing key first, then those whose tokens are still accepted. */
export const speakerTokenKeys = z
  .string('is required: id:secret, with a secret of at least 32 characters, the same for all gateways')
  .transform(partsOf)
  .pipe(
    z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9-]{1,16}:[^:,\s]{32,}$/,
            'must be id:secret, with an id of a-z, 0-9 or -, and a secret of at least 32 characters',
          )
          .transform((text) => {
            const [id = '', secret = ''] = text.split(':');
            return { id, secret };
          }),
      )
      .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'has the same key id twice'),
  );

/** Of a list, separated by commas. */
export function partsOf(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}
