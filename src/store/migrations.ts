/**
 * The schema as a list that is only ever appended to, one statement an entry, the same for both databases.
 * Every table of a community's is keyed by (platform, community, …) first: the same key partitions it later.
 */
export const MIGRATIONS: readonly string[] = [
  // Small facts about the database itself: the salt of hashes, the write probe.
  `create table store_fact (name text primary key, value text not null)`,

  // The only message text that is ever stored: `turn`, until settled and 24 hours at most.
  `create table inbox (
    platform text not null, community text not null, key text not null, person text, turn text,
    attempts integer not null, leased_until bigint not null, received_at bigint not null, settled_at bigint,
    primary key (platform, community, key))`,
  `create index inbox_open on inbox (leased_until) where settled_at is null`,
  `create index inbox_person on inbox (platform, community, person) where person is not null`,
  `create index inbox_received on inbox (received_at)`,

  `create table conversation (
    platform text not null, community text not null, channel text not null, thread text not null,
    concepts text not null, sections text not null, touched_at bigint not null,
    primary key (platform, community, channel, thread))`,
  `create index conversation_touched on conversation (touched_at)`,

  `create table subscription (
    platform text not null, community text not null, channel text not null, minute integer not null,
    zone text not null, weekdays integer not null, areas text not null, level text, set_by text not null,
    next_at bigint not null, paused text,
    primary key (platform, community, channel))`,
  `create index subscription_due on subscription (next_at) where paused is null`,

  // The primary key is what makes "at most one per channel and local date" true.
  `create table delivery (
    platform text not null, community text not null, channel text not null, date text not null,
    due_at bigint not null, tip text, status text not null, attempts integer not null, leased_until bigint not null,
    primary key (platform, community, channel, date))`,
  `create index delivery_open on delivery (leased_until) where status = 'open'`,
  `create index delivery_due on delivery (due_at)`,
  `create table tip_used (
    platform text not null, community text not null, channel text not null, tip text not null,
    primary key (platform, community, channel, tip))`,
  // In shards, so that replicas that settle at once do not wait for one row.
  `create table tip_count (outcome text not null, shard integer not null, times bigint not null,
    primary key (outcome, shard))`,

  `create table card (
    platform text not null, community text not null, person text not null, question text not null,
    concept text not null, area text not null, state text not null, due_at bigint not null,
    was_right integer not null, answers integer not null, answered_at bigint not null,
    primary key (platform, community, person, question))`,
  `create index card_due on card (platform, community, person, due_at)`,
  `create index card_answered on card (answered_at)`,
  `create table answer (
    platform text not null, community text not null, key text not null, person text not null, question text not null,
    picked integer not null, was_right integer not null, at bigint not null, date text not null,
    primary key (platform, community, key))`,
  `create index answer_person on answer (platform, community, person, date)`,
  `create index answer_at on answer (at)`,
  `create table learner_note (
    platform text not null, community text not null, person text not null, name text not null, value text not null,
    primary key (platform, community, person, name))`,
  `create table reminder (
    platform text not null, community text not null, person text not null, channel_community text not null,
    channel text not null, thread text, minute integer not null, zone text not null, quiet_from integer not null,
    quiet_to integer not null, next_at bigint not null, attempts integer not null, leased_until bigint not null,
    primary key (platform, community, person))`,
  `create index reminder_due on reminder (next_at)`,

  `create table feedback (
    platform text not null, community text not null, answer text not null, person text not null,
    helpful integer not null, sections text not null, concepts text not null, reason text, at bigint not null,
    primary key (platform, community, answer, person))`,
  `create index feedback_person on feedback (platform, community, person)`,
  `create index feedback_at on feedback (at)`,
  `create table answer_about (
    platform text not null, community text not null, id text not null, about text not null, at bigint not null,
    primary key (platform, community, id))`,
  `create index answer_about_at on answer_about (at)`,
  `create table wrong_section (
    platform text not null, community text not null, section text not null, page_version text not null,
    marked_by text not null, at bigint not null,
    primary key (platform, community, section))`,
  // Who asked is a salted hash; one row a person and day, so that "asked by several" can be told without names.
  `create table gap (
    platform text not null, community text not null, topic text not null, person_hash text not null,
    day integer not null, concepts text not null, words text not null, times integer not null, at bigint not null,
    primary key (platform, community, topic, person_hash, day))`,
  `create index gap_person on gap (platform, community, person_hash)`,
  `create index gap_at on gap (at)`,

  // An empty channel stands for the whole community.
  `create table setting (
    platform text not null, community text not null, channel text not null, name text not null, value text not null,
    primary key (platform, community, channel, name))`,
  `create table audit (
    platform text not null, community text not null, at bigint not null, id text not null, channel text not null,
    changed_by text not null, setting text not null, before_value text, after_value text,
    primary key (platform, community, at, id))`,
  `create index audit_at on audit (at)`,

  // The shape that rate-limiter-flexible expects; the first 22 characters of a key are the salted hash of whom it counts.
  `create table limiter_hit (key varchar(255) primary key, points integer not null default 0, expire bigint)`,
  `create index limiter_hit_who on limiter_hit (substr(key, 1, 22))`,
  `create index limiter_hit_expire on limiter_hit (expire)`,

  // 1 once a worker began to post the answer: before that, nothing can stand there.
  `alter table inbox add column posting integer not null default 0`,
  // Who installed the app stands nowhere: it is not needed. Tokens are sealed; a token without a refresh token never expires.
  `create table installation (
    platform text not null, community text not null, organisation integer not null, bot_token text not null,
    refresh_token text, expires_at bigint, bot_user text not null, bot_id text not null, scopes text not null,
    installed_at bigint not null, generation integer not null, leased_until bigint not null,
    primary key (platform, community))`,
  // Workspaces of an organisation that installed the app for all of them.
  `create table installation_workspace (
    platform text not null, community text not null, organisation text not null,
    primary key (platform, community))`,
  `create index installation_workspace_of on installation_workspace (platform, organisation)`,
  `create table spent_state (state text primary key, until_at bigint not null)`,
  // Communities that the tutor left: what they had goes after a while, should they not come back.
  `create table departure (
    platform text not null, community text not null, left_at bigint not null, primary key (platform, community))`,
  `create index departure_left on departure (left_at)`,
  // When it was written, so that it can go by age; what stood there before counts from this update on.
  `alter table learner_note add column at bigint not null default 0`,
  `update learner_note set at = (select max(applied_at) from schema_migration)`,
  `create index learner_note_at on learner_note (at)`,
  `alter table reminder add column at bigint not null default 0`,
  `update reminder set at = (select max(applied_at) from schema_migration)`,
  `alter table tip_used add column at bigint not null default 0`,
  `update tip_used set at = (select max(applied_at) from schema_migration)`,
  `create index tip_used_at on tip_used (at)`,
  // A person's answers in all communities, for `export` and `forget`.
  `create index card_of on card (platform, person)`,
  `create index answer_of on answer (platform, person)`,
];
