/** `npm run openapi`: writes what is made from the contract and kept with the code. */
import { readFile, writeFile } from 'node:fs/promises';
import { clientDocuments, clientDocumentsFile } from './client-documents.ts';
import { httpPageFile, withTables } from './http-tables.ts';
import { openApiFile, openApiText } from './openapi-file.ts';

await writeFile(openApiFile, await openApiText());
await writeFile(clientDocumentsFile, clientDocuments());
await writeFile(httpPageFile, withTables(await readFile(httpPageFile, 'utf8')));
