import type { PythonProgram } from '../programs/python-program.ts';

export const kubernetesValidate: PythonProgram = {
  name: 'kubernetes-validate',
  requirements: new URL('./kubernetes-validate.requirements.txt', import.meta.url),
};
