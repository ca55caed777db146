/** Maximum of stuck submissions that an operation names. */
export const mostStuckNamed = 200;
