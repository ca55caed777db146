// Shows the API's description. In its own file, since the page's policy forbids inline scripts.
SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  // The validator runs on another host.
  validatorUrl: null,
});
