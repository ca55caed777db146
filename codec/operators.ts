import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';

export type Operators = ReturnType<typeof createOperators>;

/** Milliseconds for the issuer to answer: an operator waits for it. */
const issuerTime = 5_000;

/** Of public keys only: a shared secret is not in what an issuer publishes. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** What may read a namespace. Temporal's own server reads permissions the same way: `namespace:role`. */
const readingRoles = ['read', 'write', 'admin'];
const allNamespaces = 'temporal-system';

const permissionsSchema = z.array(z.string());

type Options = { issuer: string; audience: string; namespace: string };

/** Operators are whom the issuer of the Web UI's tokens says may read the namespace. */
export function createOperators({ issuer, audience, namespace }: Options) {
  let keys: JWTVerifyGetKey | undefined;

  async function keysOfIssuer(): Promise<JWTVerifyGetKey> {
    keys ??= createRemoteJWKSet(await findKeys(issuer), { timeoutDuration: issuerTime });
    return keys;
  }

  const mayRead = (permission: string) =>
    readingRoles.some((role) => permission === `${namespace}:${role}` || permission === `${allNamespaces}:${role}`);

  return {
    /** Their subject at the issuer, `undefined` for nobody's token, `unknown-keys` if no token can be checked now. */
    async nameOf(authorization: string | undefined): Promise<string | 'unknown-keys' | undefined> {
      const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '') ?? [];
      if (token === undefined) return undefined;
      const issuers = await keysOfIssuer().catch(() => undefined);
      if (issuers === undefined) return 'unknown-keys';
      try {
        const requiredClaims = ['exp', 'sub'];
        const { payload } = await jwtVerify(token, issuers, { issuer, audience, algorithms, requiredClaims });
        const permissions = permissionsSchema.safeParse(payload.permissions);
        return permissions.success && permissions.data.some(mayRead) ? payload.sub : undefined;
      } catch (error) {
        if (isOfToken(error)) return undefined;
        return 'unknown-keys';
      }
    },
  };
}

/** Not of the way to the issuer's keys. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== 'ERR_JOSE_GENERIC'
  );
}

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** By OpenID Connect Discovery 1.0; what it says has to be of this issuer (4.3). */
async function findKeys(issuer: string): Promise<URL> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(issuerTime) });
  const found = discoverySchema.parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`${url} is of the issuer ${found.issuer}`);
  return new URL(found.jwks_uri);
}
