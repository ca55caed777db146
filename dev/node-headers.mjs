import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

const prefix = dirname(dirname(process.execPath));

/**
 * For the environment of npm: where no compiled database driver can be fetched it is compiled, with Node's headers. Those
 * beside this Node, if it has them, need no fetching either.
 */
export const nodeHeaders = existsSync(`${prefix}/include/node/node_version.h`) ? { npm_config_nodedir: prefix } : {};
