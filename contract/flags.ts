export const flags = ['same-speaker', 'similar-text', 'over-limit'] as const;

export type Flag = (typeof flags)[number];
