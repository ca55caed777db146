/** Not by a date: each outcome is told when an organiser announces it. */
export const byOrganisers = 'by-organisers';

/** Whether it is a promised date. */
export function isDate(announcement: string | undefined): announcement is string {
  return announcement !== undefined && announcement !== byOrganisers;
}

type Announcing = { disclosure: 'progress' | 'until-announced'; announcement?: string | undefined };

/** Whether what is decided waits for its announcement, or is told at once. */
export function isKeptBack({ disclosure, announcement }: Announcing): boolean {
  return disclosure === 'until-announced' || announcement === byOrganisers;
}
