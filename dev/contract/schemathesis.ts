import type { PythonProgram } from '../programs/python-program.ts';

export const schemathesis: PythonProgram = {
  name: 'schemathesis',
  requirements: new URL('./schemathesis.requirements.txt', import.meta.url),
};
