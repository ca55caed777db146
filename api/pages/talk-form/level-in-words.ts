import { levels } from '../../../contract/submission-limits.ts';
import { texts } from '../texts.ts';

export function levelInWords(level: string): string {
  const known = levels.find((one) => one === level);
  return known === undefined ? level : texts.form.levels[known];
}
