/** `npm run openapi`: writes what is made from the contract and kept with the code. */
import { writeFile } from 'node:fs/promises';
import { clientDocuments, clientDocumentsFile } from './client-documents.ts';
import { openApiFile, openApiText } from './openapi-file.ts';

await writeFile(openApiFile, await openApiText());
await writeFile(clientDocumentsFile, clientDocuments());
