/** Type of the ApplicationFailure that ends a submission's workflow: it shows in the Web UI, and never outside. */
export const processingFailure = 'ProcessingFailed';

/** Type of the ApplicationFailure that refuses a change of what is over (contract H22). */
export const alreadyConcluded = 'AlreadyConcluded';
