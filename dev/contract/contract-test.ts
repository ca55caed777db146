/** `npm run test:contract`: tests the whole service against its OpenAPI document. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { runProcess } from '../../process/run-process.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { SetupError } from '../../process/setup-error.ts';
import { findProgram, temporalCli } from '../programs/programs.ts';
import { findPythonProgram } from '../programs/python-program.ts';
import { createTemporaryStack } from '../temporary-stack.ts';
import { schemathesis as program } from './schemathesis.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

await runProcess('test:contract', async (stopping) => {
  const env = environment();
  const config = readProgramsConfig(env);
  const schemathesis = await findPythonProgram(program, config, env, print);
  const stack = await createTemporaryStack(await findProgram(temporalCli, config, print), stopping);
  try {
    await stack.startTemporal();
    await stack.startWorker();
    // Quick verdicts, so that the run includes submissions that have ended.
    const example = await readFile(`${root}examples/call.yaml`, 'utf8');
    const call = example.replaceAll(/after: \w+/g, 'after: 1s');
    const { url, organiserToken, tokenSecret } = await stack.startGateway(parse(call));
    await stack.untilPolled();

    const args = ['--config-file', 'dev/contract/schemathesis.toml', 'run', `${url}/openapi.json`];
    const child = spawn(schemathesis.program, args, {
      cwd: root,
      env: { ...schemathesis.env, ORGANISER_TOKEN: organiserToken, TOKEN_SECRET: tokenSecret },
      stdio: ['ignore', 'inherit', 'inherit'],
      signal: stopping,
    });
    const ended = once(child, 'exit').then(([code]) => {
      if (code !== 0) throw new SetupError('the API does not match its description: see above');
    });
    return { ended: Promise.race([ended, stack.died]), stop: stack.stop };
  } catch (error) {
    await stack.stop();
    throw error;
  }
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
