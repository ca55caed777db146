// Shows the description of the API. In a file of its own, since the page's policy lets no inline script run.
SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  // The validator would be another host.
  validatorUrl: null,
});
