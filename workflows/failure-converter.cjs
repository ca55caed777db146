// Messages and stacks of failures become payloads, so that the codec encrypts them. Loaded by its path: by Node in each
// process, and into the bundle of the workflows.
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
