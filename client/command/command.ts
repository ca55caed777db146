import type { Organiser } from '../organiser/organiser.ts';
import type { Options } from '../session.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';

export type Option = { type: 'string' | 'boolean'; multiple?: true; value?: string; short?: 'h'; help: string };

/** The options that were given, by their names. */
export type Given = {
  text: (name: string) => string | undefined;
  all: (name: string) => readonly string[];
  is: (name: string) => boolean;
};

/** One line of a table of commands. */
export type Command = {
  /** As the usage has them, like `ID`; `[ID …]` for any number. */
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
  /** Of the library, with the time that is left. */
  options: () => Options;
  speakerToken: () => Promise<string>;
  organiser: () => Promise<Organiser>;
  /** Asks, unless `--yes` is given. @throws Error where the answer is no, UsageError where nobody can be asked */
  confirm: (question: string) => Promise<void>;
  /** Keeps what to say where the command ends before the answer. */
  ifInterrupted: (remark: string) => void;
};
