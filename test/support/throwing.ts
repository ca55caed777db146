/** A process that fails by an error with what a driver puts into one: at its start, or later, where nobody catches it. */
import { runProcess } from '../../process/run-process.ts';

function refuse(): never {
  try {
    JSON.parse('ada@example.org');
  } catch (cause) {
    throw Object.assign(new Error('not kept', { cause }), { parameters: ['ada@example.org'] });
  }
  throw new Error('it was read');
}

await runProcess('throwing', async () => {
  if (process.argv[2] === 'at its start') refuse();
  setTimeout(refuse);
  return { stop: async () => undefined };
});
