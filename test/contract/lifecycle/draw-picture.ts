/** `npm run picture`: draws a submission's life in the README. */
import { readFile, writeFile } from 'node:fs/promises';
import { pageWithPicture, withPicture } from './picture.ts';

await writeFile(pageWithPicture, withPicture(await readFile(pageWithPicture, 'utf8')));
