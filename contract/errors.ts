/** Type of the ApplicationFailure that ends a submission's workflow: it shows in the Web UI, and never outside. */
export const processingFailure = 'ProcessingFailed';
