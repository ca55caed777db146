/** The last step of `npm run build`. */
import { buildWorkflowBundle } from './workflow-bundle.ts';

await buildWorkflowBundle();
