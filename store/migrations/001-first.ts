import { type Kysely, PostgresAdapter, sql } from 'kysely';

const submissionId = 'submission_id text not null references submissions (id) on delete cascade';

/** The comment after an index names its query. */
const statements = [
  'create table changes (number integer not null)',
  'insert into changes values (0)',

  `create table submissions (
    id text primary key not null,
    change integer not null,
    revision integer not null,
    run text not null,
    created_at text not null,
    track text not null,
    stage text not null,
    verdict text,
    awaits text not null,
    outcome text,
    is_over integer not null,
    rank integer,
    is_overdue integer not null,
    public_status text not null,
    fingerprint text not null,
    parties text not null,
    original text not null,
    speaker text not null,
    submission text not null,
    state text not null
  )`,
  'create index submissions_by_age on submissions (created_at, id)', // the list, and its filters:
  'create index submissions_by_stage on submissions (stage, created_at, id)',
  'create index submissions_by_track on submissions (track, created_at, id)',
  'create index submissions_by_verdict on submissions (verdict, created_at, id)', // also the waiting list
  'create index submissions_by_outcome on submissions (outcome, created_at, id)',
  'create index submissions_by_change on submissions (change)', // changes after a number
  'create index submissions_by_end on submissions (is_over, id)', // those that haven't ended
  'create index submissions_by_lateness on submissions (is_overdue, id)', // the digest
  'create index submissions_by_original on submissions (original)', // conflicts and erasures of one original
  'create index submissions_by_speaker on submissions (speaker)', // flags of the same speaker

  `create table co_speakers (
    address text not null,
    beside text not null,
    ${submissionId},
    primary key (address, beside, submission_id)
  )`,
  'create index co_speakers_by_submission on co_speakers (submission_id)', // the cascade

  `create table texts (
    ${submissionId},
    change integer not null,
    sketch text not null,
    is_compared integer not null,
    primary key (submission_id)
  )`,
  `create table sketch_hashes (${submissionId}, hash integer not null, primary key (submission_id, hash))`,
  'create index sketch_hashes_by_hash on sketch_hashes (hash, submission_id)', // texts to compare with

  `create table flags (
    ${submissionId},
    flag text not null,
    other_id text not null references submissions (id) on delete cascade,
    primary key (submission_id, flag, other_id)
  )`,
  'create index flags_by_other on flags (other_id)', // the cascade

  `create table findings (${submissionId}, found_by text not null, primary key (submission_id, found_by))`,
  'create index findings_by_check on findings (found_by, submission_id)', // the list's filter

  `create table erasures (
    id text primary key not null,
    original text not null,
    change integer not null,
    erased_at text not null,
    kept_from text not null,
    forgotten_at text
  )`,
  'create index erasures_by_change on erasures (change)', // changes after a number
  'create index erasures_by_original on erasures (original)', // erasures of one original

  `create table quota (
    submission_id text primary key not null,
    speaker text not null,
    talk integer,
    unique (speaker, talk)
  )`,

  `create table messages (
    id text primary key not null,
    submission_id text references submissions (id) on delete cascade,
    release text not null,
    channel text not null,
    position integer not null,
    state text not null,
    attempts integer not null,
    postponed integer not null,
    due_at text,
    claimed_by text not null,
    detail text,
    content text not null,
    created_at text not null,
    updated_at text not null
  )`,
  'create index messages_by_submission on messages (submission_id, channel, position)', // the next one, the cascade
  'create index messages_by_state on messages (state, id)', // the list of messages, the digest

  `create table announcements (
    number integer primary key not null,
    ${submissionId},
    release text not null,
    outcome text not null,
    announced_at text not null,
    unique (submission_id, release)
  )`,

  `create table freed_slots (
    freed_by text primary key not null,
    is_held integer not null,
    held_until text,
    assigned_to text unique,
    is_taken integer not null,
    is_dropped integer not null
  )`,

  `create table audit (
    id text primary key not null,
    number integer not null,
    at text not null,
    "by" text not null,
    command text not null,
    submission_id text,
    reason text,
    detail text
  )`,
  'create index audit_by_number on audit (number, id)', // the audit after a number

  'create table reconciliation (completed_at text, digest_day text, complete_until text)',
  'insert into reconciliation values (null, null, null)',
];

/** SQL that differs between the databases. The audit is append-only: only the owner's tools can change it. */
const ofPostgres = [
  `create function refuse_change() returns trigger language plpgsql as
    'begin raise exception ''the audit is append-only''; end'`,
  `create trigger audit_is_append_only before update or delete on audit
    for each row execute function refuse_change()`,
  // The table of rate-limiter-flexible; counters of a minute needn't survive a crash.
  'create unlogged table limits (key varchar(255) primary key, points integer not null, expire bigint)',
];
const ofEmbedded = ['update', 'delete'].map(
  (change) =>
    `create trigger audit_refuses_${change} before ${change} on audit begin select raise(abort, 'the audit is append-only'); end`,
);

export async function up(db: Kysely<never>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const statement of [...statements, ...(isPostgres ? ofPostgres : ofEmbedded)])
    await sql.raw(statement).execute(db);
}
