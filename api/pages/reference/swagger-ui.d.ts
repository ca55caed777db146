/** The global of swagger-ui-dist's bundle, with the options that the reference page sets. */
declare function SwaggerUIBundle(options: {
  url: string;
  dom_id: string;
  deepLinking: boolean;
  validatorUrl: string | null;
}): void;
