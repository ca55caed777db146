import type { Organiser } from '../organiser/organiser.ts';
import type { Options } from '../session.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';

export type Option = { type: 'string' | 'boolean'; multiple?: true; value?: string; short?: 'h'; help: string };

export type Given = {
  text: (name: string) => string | undefined;
  all: (name: string) => readonly string[];
  is: (name: string) => boolean;
};

export type Command = {
  /** As in the usage, like `ID`; `[ID …]` for any number. */
  argument: string;
  help: string;
  options?: Readonly<Record<string, Option>>;
  run: (context: Context) => Promise<ExitCode>;
};

export type Context = {
  args: readonly string[];
  given: Given;
  stdin: NodeJS.ReadStream;
  output: Output;
  progress: Progress;
  /** Options of the library, with the remaining time. */
  options: () => Options;
  /** Whether somebody can be asked. */
  isTerminal: boolean;
  speakerToken: () => Promise<string>;
  /** The code from a mail. */
  accessCode: () => Promise<string>;
  /** Asks for a line. */
  line: (question: string) => Promise<string>;
  organiser: () => Promise<Organiser>;
  /** Asks, unless `--yes` is given. @throws Error if the answer is no, UsageError without a terminal */
  confirm: (question: string) => Promise<void>;
  /** Sets the remark to print if the command ends before the answer. */
  ifInterrupted: (remark: string) => void;
};
