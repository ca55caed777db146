export const securitySchemes = {
  speakerToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The `speakerToken` of the answer to the submit. It is good for that submission only.',
  },
  organiserToken: {
    type: 'http',
    scheme: 'bearer',
    description: "An organiser's or a reviewer's own token.",
  },
};
