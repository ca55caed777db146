import { type Announcing, isDate, isWithheld } from './call/announcing.ts';
import type { SubmissionState } from './state.ts';

/** In the place of an instant: no date is set, and organisers announce. */
export const untilAnnouncement = 'until-announcement';

/**
 * Until when a freed slot is not given on: an instant, or `untilAnnouncement`. A promotion that everybody sees would tell
 * what had been decided for the submission that freed it (contract H19).
 *
 * @param now an ISO 8601 instant
 * @returns `undefined` if the acceptance was announced, or nothing is withheld
 */
export function heldUntil(
  { course, original }: Pick<SubmissionState, 'course' | 'original'>,
  rules: Announcing,
  now: string,
): string | undefined {
  const isUntold =
    (course.at === 'decided' && course.announced === 'no') || (course.at === 'withdrawn' && course.slot === 'held');
  const isReopened = original !== undefined;
  if (!isUntold || (!isReopened && !isWithheld(rules))) return undefined;
  const date = isDate(rules.announcement) ? Date.parse(rules.announcement) : undefined;
  if (date !== undefined && date > Date.parse(now)) return new Date(date).toISOString();
  // Organisers announce a reopened submission, also after the date.
  return date === undefined || isReopened ? untilAnnouncement : undefined;
}
