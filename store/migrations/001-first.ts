import { type Kysely, PostgresAdapter, sql } from 'kysely';

const submissionId = 'submission_id text not null references submissions (id) on delete cascade';

/**
 * The comment after an index names its query.
 *
 * @param place the column that counts what is inserted
 * @param clustered makes a table the tree of its primary key: one page less to write for each row
 */
const statementsWith = ({ place, clustered = '' }: { place: string; clustered?: string }) => [
  'create table feeds (feed text primary key not null, last integer not null)',
  "insert into feeds values ('changes', 0), ('announcements', 0), ('audit', 0)",

  `create table changes (${place}, id text not null, number integer)`,
  'create index changes_by_number on changes (number, place)', // changes after a number, and those without one
  'create index changes_by_id on changes (id, number)', // those that are overtaken

  `create table submissions (
    id text primary key not null,
    revision integer not null,
    run text not null,
    code text,
    created_at text not null,
    track text not null,
    stage text not null,
    stage_since text,
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
    holder text not null,
    is_proved integer not null,
    submission text not null,
    state text not null
  )`,
  'create index submissions_by_age on submissions (created_at, id)', // the list, and its filters:
  'create index submissions_by_stage on submissions (stage, created_at, id)',
  'create index submissions_by_track on submissions (track, created_at, id)',
  'create index submissions_by_code on submissions (code)',
  'create index submissions_by_verdict on submissions (verdict, created_at, id)', // also the waiting list
  'create index submissions_by_outcome on submissions (outcome, created_at, id)',
  'create index submissions_by_end on submissions (is_over, id)', // those that haven't ended
  'create index submissions_open on submissions (is_over, stage, awaits, stage_since) where is_over = 0', // the census
  'create index submissions_by_lateness on submissions (is_overdue, id)', // the digest
  'create index submissions_by_original on submissions (original)', // conflicts and erasures of one original
  'create index submissions_by_speaker on submissions (speaker, created_at)', // flags of the same speaker
  'create index submissions_by_holder on submissions (holder, created_at)', // the talks of an address

  `create table co_speakers (
    address text not null,
    beside text not null,
    ${submissionId},
    primary key (address, beside, submission_id)
  )`,
  'create index co_speakers_by_submission on co_speakers (submission_id)', // the cascade

  `create table texts (${place}, ${submissionId}, sketch text not null, unique (submission_id))`,
  // Texts to compare with.
  `create table sketch_hashes (hash integer not null, ${submissionId}, primary key (hash, submission_id)) ${clustered}`,
  'create index sketch_hashes_by_submission on sketch_hashes (submission_id)', // the cascade

  `create table versions (
    ${submissionId},
    number integer not null,
    at text not null,
    submission text not null,
    primary key (submission_id, number)
  )`, // the texts of one submission, the cascade

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
    erased_at text not null,
    kept_from text not null,
    forgotten_at text
  )`,
  'create index erasures_by_original on erasures (original)', // erasures of one original

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
    closed_at text,
    detail text,
    content text not null,
    created_at text not null,
    updated_at text not null
  )`,
  'create index messages_by_submission on messages (submission_id, channel, position)', // the next one, the cascade
  'create index messages_by_state on messages (state, id, created_at)', // the list of messages, the digest, the census

  `create table access_requests (
    id text primary key not null,
    holder text not null,
    call text not null,
    asked_at text not null,
    due_at text not null,
    stale_at text not null,
    claimed_by text not null,
    claimed_at text,
    is_charged integer not null
  )`,
  'create index access_requests_by_holder on access_requests (holder)', // those that one mail answers
  'create index access_requests_by_time on access_requests (claimed_by, due_at)', // the next one, the interrupted ones
  `create table charges (
    key text not null,
    since text not null,
    mail text not null,
    at text not null,
    primary key (key, since, mail)
  )`,

  `create table announcements (
    ${place},
    number integer,
    ${submissionId},
    release text not null,
    outcome text not null,
    announced_at text not null,
    unique (submission_id, release)
  )`,
  'create index announcements_by_number on announcements (number, place)', // those after a number, and without one

  `create table freed_slots (
    freed_by text primary key not null,
    is_held integer not null,
    held_until text,
    assigned_to text unique,
    is_taken integer not null,
    is_dropped integer not null
  )`,

  `create table audit (
    ${place},
    number integer,
    id text not null unique,
    at text not null,
    "by" text not null,
    command text not null,
    submission_id text,
    reason text,
    detail text
  )`,
  'create index audit_by_number on audit (number, place)', // the audit after a number, and what has none

  'create table reconciliation (completed_at text, digest_day text, complete_until text)',
  'insert into reconciliation values (null, null, null)',
];

/** What can't change in an entry of the audit: its number is given to it, once, after it was written. */
const ofEntry = 'place, id, at, "by", command, submission_id, reason, detail';

/** SQL that differs between the databases. The audit is append-only: only the owner's tools can change it. */
const ofPostgres = [
  ...statementsWith({ place: 'place integer generated always as identity primary key' }),
  `create function refuse_change() returns trigger language plpgsql as
    'begin raise exception ''the audit is append-only''; end'`,
  `create trigger audit_is_append_only before update of ${ofEntry} or delete on audit
    for each row execute function refuse_change()`,
  `create trigger audit_keeps_numbers before update of number on audit
    for each row when (old.number is not null) execute function refuse_change()`,
  // The table of rate-limiter-flexible; counters of a minute needn't survive a crash.
  'create unlogged table limits (key varchar(255) primary key, points integer not null, expire bigint)',
];
const refusing = "begin select raise(abort, 'the audit is append-only'); end";
const ofEmbedded = [
  ...statementsWith({ place: 'place integer primary key not null', clustered: 'without rowid' }),
  `create trigger audit_refuses_update before update of ${ofEntry} on audit ${refusing}`,
  `create trigger audit_refuses_delete before delete on audit ${refusing}`,
  `create trigger audit_keeps_numbers before update of number on audit when old.number is not null ${refusing}`,
];

export async function up(db: Kysely<never>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const statement of isPostgres ? ofPostgres : ofEmbedded) await sql.raw(statement).execute(db);
}
