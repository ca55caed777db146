import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/**
 * Ends a run with a line that any CI can read: `N passed, N failed`, and how many were skipped if some were. The lines
 * right before it name what failed, and what needed a second attempt: a CI that keeps the end of its log keeps them.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly { message: string }[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const failed = inState('failed');
    // What breaks outside its tests, in a hook or on import, is a failure as well.
    const broken = modules
      .flatMap((module) => [module, ...module.children.allSuites()])
      .filter((part) => part.errors().length > 0);
    const skipped = inState('skipped').length;
    const lines = [
      ...inState('passed')
        .filter((test) => test.diagnostic()?.flaky)
        .map((test) => `passed at the second attempt: ${said(test, test.result().errors)}`),
      ...broken.map((part) => `broken: ${said(part, part.errors())}`),
      ...unhandledErrors.map((error) => `unhandled: ${inOneLine(error.message)}`),
      ...failed.map((test) => `failed: ${said(test, test.result().errors)}`),
      `${inState('passed').length} passed, ${failed.length + broken.length + unhandledErrors.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

function said(part: TestCase | TestSuite | TestModule, errors: readonly { message: string }[] = []): string {
  const place = part.type === 'module' ? part.relativeModuleId : `${part.module.relativeModuleId} > ${part.fullName}`;
  return `${place.replaceAll(/\s+/g, ' ')}: ${inOneLine(errors[0]?.message ?? '')}`;
}

/**
 * Characters of a message: what a program that ended has said last is at its end. One cause may fail several tests, and the line
 * of the first must still be in what a CI keeps.
 */
const longest = 400;

function inOneLine(message: string): string {
  const line = stripVTControlCharacters(message)
    .trim()
    .replaceAll(/\s*\n\s*/g, ' / ');
  return line.length <= longest ? line : `${line.slice(0, longest / 2)} … ${line.slice(-longest / 2)}`;
}
