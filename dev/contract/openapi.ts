/** `npm run openapi`: writes the files that are generated from the contract. */
import { readFile, writeFile } from 'node:fs/promises';
import { clientDocuments, clientDocumentsFile } from './client-documents.ts';
import { httpPageFile, withTables } from './http-tables.ts';
import { openApiFile, openApiText } from './openapi-file.ts';

await writeFile(openApiFile, await openApiText());
await writeFile(clientDocumentsFile, clientDocuments());
await writeFile(httpPageFile, withTables(await readFile(httpPageFile, 'utf8')));
