/** What the committee should look at: another talk of the same speaker, or one that reads nearly the same. */
export const flags = ['same-speaker', 'similar-text'] as const;

export type Flag = (typeof flags)[number];
