import { Refusal } from '../../http/refusal.ts';
import { pageAssets } from '../assets.ts';
import { file, type Page } from '../routing/page.ts';

/** Scripts, styles, icons and the font of the pages. */
export function pageFiles(): Page {
  const assets = pageAssets();
  return {
    path: '/pages/:folder/:file',
    get: (c) => {
      const asset = assets.get(`${c.req.param('folder')}/${c.req.param('file')}`);
      if (!asset) throw new Refusal('not-found');
      return file({ type: asset.type, content: asset.read() }, { cache: `public, max-age=${asset.age}` });
    },
  };
}
