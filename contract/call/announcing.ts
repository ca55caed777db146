/** In the place of a date: organisers announce the outcomes themselves. */
export const byOrganisers = 'by-organisers';

export function isDate(announcement: string | undefined): announcement is string {
  return announcement !== undefined && announcement !== byOrganisers;
}

export type Announcing = { disclosure: 'progress' | 'until-announced'; announcement?: string | undefined };

export function isWithheld({ disclosure, announcement }: Announcing): boolean {
  return disclosure === 'until-announced' || announcement === byOrganisers;
}
