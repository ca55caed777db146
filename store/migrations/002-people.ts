import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { ofSubmission, required } from './columns.ts';

/** What people decide and are told. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db;

  await schema
    .alterTable('submissions')
    .addColumn('over', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('submissions').addColumn('rank', 'integer').execute();
  await schema
    .alterTable('submissions')
    .addColumn('overdue', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.createIndex('submissions_by_overdue').on('submissions').columns(['overdue', 'id']).execute();
  // Until now an outcome was the end.
  await sql`update submissions set over = 1 where outcome is not null`.execute(db);
  await schema.createIndex('submissions_by_change').on('submissions').column('change').execute();
  await schema.createIndex('submissions_by_over').on('submissions').columns(['over', 'id']).execute();

  await schema
    .alterTable('erasures')
    .addColumn('change', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('erasures')
    .addColumn('kept_from', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema.createIndex('erasures_by_change').on('erasures').column('change').execute();

  await schema
    .createTable('messages')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('submission_id', 'text', (column) => column.references('submissions.id').onDelete('cascade'))
    .addColumn('release', 'text', required)
    .addColumn('channel', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('claimed_by', 'text', required)
    .addColumn('detail', 'text')
    .addColumn('content', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .execute();
  await schema.createIndex('messages_by_submission').on('messages').column('submission_id').execute();
  await schema.createIndex('messages_by_state').on('messages').columns(['state', 'id']).execute();

  await schema
    .createTable('announced')
    .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('submission_id', 'text', ofSubmission)
    .addColumn('release', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('announced_at', 'text', required)
    .addUniqueConstraint('announced_once', ['submission_id', 'release'])
    .execute();

  await schema
    .createTable('places_passed_on')
    .addColumn('freed_by', 'text', (column) => column.primaryKey().notNull())
    .addColumn('freed_at', 'text', required)
    .addColumn('offered_to', 'text')
    .addColumn('taken_by', 'text')
    .execute();

  await schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('number', 'integer', required)
    .addColumn('at', 'text', required)
    .addColumn('by', 'text', required)
    .addColumn('command', 'text', required)
    .addColumn('submission_id', 'text')
    .addColumn('reason', 'text')
    .addColumn('detail', 'text')
    .execute();
  await schema.createIndex('audit_by_number').on('audit').columns(['number', 'id']).execute();
  await makeAppendOnly(db);
}

/** Whoever changes what was done, does it with the database's own tools, and leaves traces. */
async function makeAppendOnly(db: Kysely<never>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`create function refuse_change() returns trigger language plpgsql as
      'begin raise exception ''the audit is append-only''; end'`.execute(db);
    await sql`create trigger audit_is_append_only before update or delete on audit
      for each row execute function refuse_change()`.execute(db);
    return;
  }
  for (const change of ['update', 'delete'])
    await sql`create trigger ${sql.raw(`audit_refuses_${change}`)} before ${sql.raw(change)} on audit
      begin select raise(abort, 'the audit is append-only'); end`.execute(db);
}
