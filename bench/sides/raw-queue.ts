export const rawQueue = 'bench-raw';
