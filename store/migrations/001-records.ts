import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { ofSubmission, required } from './columns.ts';

export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db;

  await schema.createTable('changes').addColumn('number', 'integer', required).execute();
  await sql`insert into changes values (0)`.execute(db);

  await schema
    .createTable('submissions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('change', 'integer', required)
    .addColumn('revision', 'integer', required)
    .addColumn('created_at', 'text', required)
    .addColumn('last_updated_at', 'text', required)
    .addColumn('track', 'text', required)
    .addColumn('stage', 'text', required)
    .addColumn('verdict', 'text')
    .addColumn('awaited', 'text', required)
    .addColumn('outcome', 'text')
    .addColumn('public_status', 'text', required)
    .addColumn('fingerprint', 'text', required)
    .addColumn('parties', 'text', required)
    .addColumn('original', 'text', required)
    .addColumn('speaker', 'text', required)
    .addColumn('submission', 'text', required)
    .addColumn('state', 'text', required)
    .execute();
  await schema.createIndex('submissions_by_age').on('submissions').columns(['created_at', 'id']).execute();
  for (const column of ['stage', 'track', 'verdict', 'outcome'])
    await schema
      .createIndex(`submissions_by_${column}`)
      .on('submissions')
      .columns([column, 'created_at', 'id'])
      .execute();
  await schema.createIndex('submissions_by_original').on('submissions').column('original').execute();
  await schema.createIndex('submissions_by_speaker').on('submissions').column('speaker').execute();

  await schema
    .createTable('co_speakers')
    .addColumn('address', 'text', required)
    .addColumn('beside', 'text', required)
    .addColumn('submission_id', 'text', ofSubmission)
    .addPrimaryKeyConstraint('co_speakers_pkey', ['address', 'beside', 'submission_id'])
    .execute();
  await schema.createIndex('co_speakers_by_submission').on('co_speakers').column('submission_id').execute();

  await schema
    .createTable('verdicts')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('submission_id', 'text', ofSubmission)
    .addColumn('stage', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('score', 'double precision')
    .addColumn('verdict', 'text', required)
    .addColumn('decided_at', 'text', required)
    .execute();
  await schema.createIndex('verdicts_by_submission').on('verdicts').column('submission_id').execute();

  await schema
    .createTable('texts')
    .addColumn('submission_id', 'text', (column) => ofSubmission(column).primaryKey())
    .addColumn('number', 'integer', required)
    .addColumn('sketch', 'text', required)
    .addColumn('compared', 'integer', required)
    .execute();

  await schema
    .createTable('sketches')
    .addColumn('submission_id', 'text', ofSubmission)
    .addColumn('hash', 'integer', required)
    .addPrimaryKeyConstraint('sketches_pkey', ['submission_id', 'hash'])
    .execute();
  await schema.createIndex('sketches_by_hash').on('sketches').columns(['hash', 'submission_id']).execute();

  await schema
    .createTable('flags')
    .addColumn('submission_id', 'text', ofSubmission)
    .addColumn('flag', 'text', required)
    .addColumn('other_id', 'text', ofSubmission)
    .addPrimaryKeyConstraint('flags_pkey', ['submission_id', 'flag', 'other_id'])
    .execute();
  await schema.createIndex('flags_by_other').on('flags').column('other_id').execute();

  await schema
    .createTable('findings')
    .addColumn('submission_id', 'text', ofSubmission)
    .addColumn('found_by', 'text', required)
    .addPrimaryKeyConstraint('findings_pkey', ['submission_id', 'found_by'])
    .execute();
  await schema.createIndex('findings_by_check').on('findings').columns(['found_by', 'submission_id']).execute();

  await schema
    .createTable('erasures')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('original', 'text', required)
    .addColumn('erased_at', 'text', required)
    .addColumn('forgotten_at', 'text')
    .execute();

  await schema
    .createTable('places')
    .addColumn('speaker', 'text', required)
    .addColumn('slot', 'integer')
    .addColumn('submission_id', 'text', (column) => column.primaryKey().notNull())
    .addUniqueConstraint('places_by_speaker', ['speaker', 'slot'])
    .execute();

  await schema.createTable('reconciliation').addColumn('completed_at', 'text').addColumn('told_on', 'text').execute();
  await sql`insert into reconciliation values (null, null)`.execute(db);

  // As rate-limiter-flexible has it. Counts of a minute need no place in the log; the embedded database has a file of
  // their own for them.
  if (db.getExecutor().adapter instanceof PostgresAdapter)
    await sql`create unlogged table limits (key varchar(255) primary key, points integer not null, expire bigint)`.execute(
      db,
    );
}
