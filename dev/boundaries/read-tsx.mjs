// Loaded before dependency-cruiser, which reads each file as TypeScript without JSX: files of pages have it.
import { createRequire } from 'node:module';

const swc = createRequire(import.meta.url)('@swc/core');
const { parseFileSync } = swc;

swc.parseFileSync = (name, options) => parseFileSync(name, { ...options, tsx: name.endsWith('.tsx') });
