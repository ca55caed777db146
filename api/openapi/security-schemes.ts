export const securitySchemes = {
  speakerToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The `speakerToken` of the answer to the submit. It is good for that submission only.',
  },
  linkToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'What stands after the `#` of a link in a mail. It is good for the purpose of that mail only.',
  },
  organiserToken: {
    type: 'http',
    scheme: 'bearer',
    description: "An organiser's or a reviewer's own token.",
  },
};
