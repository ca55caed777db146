export const flags = ['same-speaker', 'similar-text'] as const;

export type Flag = (typeof flags)[number];
