/** A process that does nothing but migrate a database. */
import { openDatabase } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';

const db = openDatabase(process.argv[2] ?? '', () => undefined);
await migrate(db);
await db.destroy();
