/** Domains of mail providers, some thousands. */
declare module 'email-providers' {
  const domains: readonly string[];
  export default domains;
}
