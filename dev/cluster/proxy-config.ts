import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rules = fileURLToPath(new URL('../../deploy/proxy', import.meta.url));

type Options = { folder: string; listen: string; gateways: readonly string[] };

/** As deploy/proxy/nginx.conf, with other addresses; all that is about the gateways is read from the same files. */
export function proxyConfig({ folder, listen, gateways }: Options): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off;',
    'worker_processes 1;',
    `pid ${join(folder, 'nginx.pid')};`,
    'error_log stderr warn;',
    'events { worker_connections 8192; }',
    'http {',
    ...temporary.map((name) => `  ${name}_temp_path ${join(folder, name)};`),
    `  include ${rules}/rules.conf;`,
    `  access_log ${join(folder, 'access.log')} requests;`,
    '  upstream gateways {',
    '    hash $talk consistent;',
    ...gateways.map((address) => `    server ${address} max_fails=3 fail_timeout=5s;`),
    '    keepalive 64;',
    '  }',
    '  server {',
    `    listen ${listen};`,
    `    include ${rules}/server.conf;`,
    '  }',
    '}',
    '',
  ].join('\n');
}
