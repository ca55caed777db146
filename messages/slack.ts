import { postJson } from './post-json.ts';
import type { Sending } from './sending.ts';

export function createSlack(url: string, options: Parameters<typeof postJson>[3] = {}) {
  return async (text: string): Promise<Sending> => {
    const { answer: _, ...sending } = await postJson(url, JSON.stringify({ text: escaped(text) }), {}, options);
    return sending;
  };
}

/** Slack interprets these characters. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
