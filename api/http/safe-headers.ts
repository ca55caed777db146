/** What browsers are told to keep from doing with our answers (contract H28). */
import { secureHeaders } from 'hono/secure-headers';

/** Of no use any more: the content's policy says more, or no browser has ever heard of it. */
const outdated = {
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
};

/**
 * Of JSON, which is no document: what is about windows and processes of pages means nothing to it. Nor has a browser any
 * credential that it would send along from another page by itself, and so nothing is to be kept from that page.
 */
export const safeHeaders = secureHeaders({
  ...outdated,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: false,
  originAgentCluster: false,
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
});

/** Of the pages. The stylesheet of the reference has its images in itself. */
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
