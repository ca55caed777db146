/** Security headers for browsers (contract H28). */
import { secureHeaders } from 'hono/secure-headers';

/** Obsolete headers: replaced by the content security policy, or never supported by browsers. */
const outdated = {
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
};

/**
 * For JSON. Headers about a page's windows and processes don't apply to it. Browsers send no credentials by themselves, so
 * there is nothing to protect from other pages.
 */
export const safeHeaders = secureHeaders({
  ...outdated,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: false,
  originAgentCluster: false,
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
});

/** For the pages. The reference's stylesheet embeds its images as data URLs. */
export const safePageHeaders = secureHeaders({
  ...outdated,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});
