import { aSubmission } from './fixtures.ts';
import { aRecord } from './records.ts';

/** A record at some revision, of a speaker of its own, which was announced with the first one. */
export function announcedAt(seed: number, revision: number) {
  const at = '2026-11-01T12:00:00.000Z';
  const releases = [{ name: 'rejected' as const, number: 1, revision: 1, at }];
  const commands = [{ number: revision, at, by: 'Olga', command: 'decide' }];
  const submission = aSubmission();
  const speaker = { ...submission.speaker, email: `speaker-${seed}@example.org` };
  const description = `${seed} `.repeat(20);
  return aRecord(
    seed,
    { revision, conclusion: { kind: 'rejected' }, releases, commands },
    { ...submission, speaker, description },
  );
}
