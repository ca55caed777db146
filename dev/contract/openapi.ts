/** `npm run openapi`: writes the description of the API that is kept with the code. */
import { writeFile } from 'node:fs/promises';
import { openApiFile, openApiText } from './openapi-file.ts';

await writeFile(openApiFile, await openApiText());
