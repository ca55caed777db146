/** A program of somebody else's that has a lock on a file of SQLite's until it is told to let go, or its parent is gone. */
import BetterSqlite from 'better-sqlite3';

const [file = '', ...statements] = process.argv.slice(2);
const database = new BetterSqlite(file);
for (const statement of statements) database.exec(statement);
process.send?.('locked');
process.on('disconnect', () => {
  database.close();
  process.exit(0);
});
