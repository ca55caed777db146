/** A process that does nothing but write the records with these seeds, each this often, with an announcement. */
import { openStore } from '../../store/store.ts';
import { announcedAt } from './announced-record.ts';
import { aWriter } from './records.ts';

const [location = '', first, count, revisions] = process.argv.slice(2);
const store = openStore(location, () => undefined);
for (let revision = 1; revision <= Number(revisions); revision += 1)
  for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1)
    await store.records.keep(announcedAt(seed, revision), [], aWriter);
await store.close();
