import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

const prefix = dirname(dirname(process.execPath));

/**
 * Environment for npm, which may have to compile the database driver: with the headers beside this Node, if there are
 * any, npm needn't download them.
 */
export const nodeHeaders = existsSync(`${prefix}/include/node/node_version.h`) ? { npm_config_nodedir: prefix } : {};
