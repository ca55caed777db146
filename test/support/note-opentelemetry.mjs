/** Writes to the log when anything of OpenTelemetry is loaded: for `NODE_OPTIONS`. */
import Module, { register } from 'node:module';

const load = Module._load;
Module._load = (request, ...more) => {
  if (request.includes('opentelemetry')) process.stdout.write(`loads ${request}\n`);
  return load(request, ...more);
};

const hooks = `export async function resolve(name, context, next) {
  if (name.includes('opentelemetry') || name.includes('open-telemetry')) process._rawDebug('loads ' + name);
  return next(name, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
