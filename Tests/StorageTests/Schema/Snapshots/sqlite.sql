-- table
CREATE TABLE account (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    class TEXT NOT NULL
        CHECK (class IN ('asset', 'liability', 'income', 'expense', 'equity')),
    kind TEXT,
    system TEXT,
    name TEXT NOT NULL,
    currency TEXT,
    parent_id BLOB,
    position INTEGER NOT NULL,
    minimum_balance INTEGER,
    balance INTEGER NOT NULL DEFAULT 0,
    opening_transaction_id BLOB,
    closed_at INTEGER,
    deleted_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, added_by BLOB, is_budgeted INTEGER, budget_category_id BLOB,
    PRIMARY KEY (household_id, id),
    FOREIGN KEY (household_id, parent_id) REFERENCES account (household_id, id),
    CHECK ((class IN ('asset', 'liability')) = (currency IS NOT NULL)),
    CHECK ((class IN ('asset', 'liability')) = (kind IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE account_hidden_formerly (
    household_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (household_id, account_id, person_id),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE account_visibility (
    household_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('only', 'except')),
    PRIMARY KEY (household_id, account_id),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE account_visibility_member (
    household_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    PRIMARY KEY (household_id, account_id, person_id),
    FOREIGN KEY (household_id, account_id)
        REFERENCES account_visibility (household_id, account_id) ON DELETE CASCADE,
    FOREIGN KEY (household_id, person_id) REFERENCES member (household_id, person_id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_change (
    household_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL,
    entity_id BLOB NOT NULL,
    payload BLOB,
    PRIMARY KEY (household_id, sequence, position),
    FOREIGN KEY (household_id, sequence) REFERENCES audit_entry (household_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_entry (
    household_id BLOB NOT NULL REFERENCES household (id),
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    actor_id BLOB,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB,
    request_id TEXT NOT NULL,
    change_count INTEGER NOT NULL,
    payload_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    payload BLOB, outcome TEXT, undoes INTEGER,
    PRIMARY KEY (household_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_touch (
    household_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    accounts BLOB NOT NULL,
    row_count INTEGER NOT NULL CHECK (row_count >= 0),
    PRIMARY KEY (household_id, sequence, accounts),
    FOREIGN KEY (household_id, sequence) REFERENCES audit_entry (household_id, sequence)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE backup_code (
    person_id BLOB NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE bill (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    folded_name TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('expense', 'income', 'transfer')),
    payee TEXT,
    account_id BLOB,
    to_account_id BLOB,
    category_id BLOB,
    currency TEXT NOT NULL,
    amount_kind TEXT NOT NULL CHECK (amount_kind IN ('fixed', 'range', 'learned')),
    amount INTEGER,
    amount_low INTEGER,
    amount_high INTEGER,
    learn_from INTEGER,
    tolerance_percent INTEGER,
    start_on INTEGER NOT NULL,
    end_on INTEGER,
    repeat_rule TEXT,
    month_end TEXT NOT NULL,
    working_days TEXT NOT NULL,
    holidays TEXT NOT NULL,
    days_before INTEGER NOT NULL CHECK (days_before BETWEEN 0 AND 60),
    days_after INTEGER NOT NULL CHECK (days_after BETWEEN 0 AND 60),
    allows_parts INTEGER NOT NULL,
    remind_days INTEGER,
    note TEXT,
    paused_on INTEGER,
    asked_from INTEGER NOT NULL,
    posts_from INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (household_id, id),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
    FOREIGN KEY (household_id, to_account_id) REFERENCES account (household_id, id),
    FOREIGN KEY (household_id, category_id) REFERENCES account (household_id, id),
    CHECK (amount_kind <> 'fixed' OR amount IS NOT NULL),
    CHECK (amount_kind <> 'range' OR amount IS NOT NULL AND amount_low <= amount
        AND amount <= amount_high),
    CHECK (amount_kind <> 'learned' OR learn_from IS NOT NULL
        AND tolerance_percent IS NOT NULL),
    CHECK ((direction = 'transfer') = (to_account_id IS NOT NULL)),
    CHECK (account_id IS NOT NULL OR to_account_id IS NULL AND posts_from IS NULL)
) STRICT;
CREATE TABLE bill_candidate (
    household_id BLOB NOT NULL,
    bill_id BLOB NOT NULL,
    nominal_on INTEGER NOT NULL,
    transaction_id BLOB NOT NULL,
    score INTEGER NOT NULL,
    is_rejected INTEGER NOT NULL,
    FOREIGN KEY (household_id, bill_id) REFERENCES bill (household_id, id) ON DELETE CASCADE,
    FOREIGN KEY (household_id, transaction_id)
    REFERENCES ledger_transaction (household_id, id) ON DELETE CASCADE,
    PRIMARY KEY (household_id, bill_id, nominal_on, transaction_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE bill_occurrence (
    household_id BLOB NOT NULL,
    bill_id BLOB NOT NULL,
    nominal_on INTEGER NOT NULL,
    due_on INTEGER,
    amount INTEGER,
    is_skipped INTEGER NOT NULL,
    posted_at INTEGER,
    FOREIGN KEY (household_id, bill_id) REFERENCES bill (household_id, id) ON DELETE CASCADE,
    PRIMARY KEY (household_id, bill_id, nominal_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE bill_payment (
    household_id BLOB NOT NULL,
    bill_id BLOB NOT NULL,
    nominal_on INTEGER NOT NULL,
    transaction_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('matched', 'posted')),
    is_automatic INTEGER NOT NULL,
    replaces_id BLOB,
    amount_low INTEGER,
    amount_usual INTEGER,
    amount_high INTEGER,
    created_at INTEGER NOT NULL,
    FOREIGN KEY (household_id, bill_id) REFERENCES bill (household_id, id) ON DELETE CASCADE,
    FOREIGN KEY (household_id, transaction_id)
    REFERENCES ledger_transaction (household_id, id) ON DELETE CASCADE,
    PRIMARY KEY (household_id, transaction_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE budget (
    household_id BLOB NOT NULL,
    category_id BLOB NOT NULL,
    rollover TEXT NOT NULL
        CHECK (rollover IN ('none', 'surplus', 'surplus_and_overspending')),
    kind TEXT NOT NULL CHECK (kind IN ('fixed', 'non_monthly', 'flexible')),
    group_name TEXT,
    position INTEGER NOT NULL,
    fill_rule TEXT,
    fill_amount INTEGER,
    fill_weekday TEXT,
    fill_date INTEGER,
    fill_number INTEGER,
    fill_priority INTEGER NOT NULL,
    deleted_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (household_id, category_id),
    FOREIGN KEY (household_id, category_id) REFERENCES account (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE budget_amount (
    household_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    assigned INTEGER NOT NULL,
    PRIMARY KEY (household_id, account_id, first_day, last_day),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
    CHECK (first_day <= last_day)
) STRICT, WITHOUT ROWID;
CREATE TABLE budget_period (
    household_id BLOB NOT NULL REFERENCES household (id),
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    held INTEGER,
    locked_at INTEGER,
    PRIMARY KEY (household_id, first_day, last_day),
    CHECK (first_day <= last_day)
) STRICT, WITHOUT ROWID;
CREATE TABLE budget_settings (
    household_id BLOB NOT NULL PRIMARY KEY REFERENCES household (id),
    look TEXT NOT NULL CHECK (look IN ('tracking', 'envelope', 'flex')),
    length TEXT NOT NULL CHECK (length IN ('week', 'month', 'quarter', 'year')),
    month_start INTEGER CHECK (month_start BETWEEN 1 AND 28),
    holidays TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_feed (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    household_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    has_bills INTEGER NOT NULL,
    has_tasks INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    FOREIGN KEY (household_id, person_id) REFERENCES member (household_id, person_id)
        ON DELETE CASCADE
) STRICT;
CREATE TABLE code_failure (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    failures INTEGER NOT NULL,
    locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE consent (
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    accepted_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, kind, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE debt_settings (
    household_id BLOB NOT NULL PRIMARY KEY REFERENCES household (id),
    strategy TEXT NOT NULL CHECK (strategy IN ('avalanche', 'snowball', 'own')),
    extra_amount INTEGER NOT NULL,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE debt_terms (
    household_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    yearly_rate INTEGER NOT NULL CHECK (yearly_rate BETWEEN 0 AND 10000000),
    minimum_kind TEXT NOT NULL CHECK (minimum_kind IN ('fixed', 'share')),
    minimum_amount INTEGER NOT NULL,
    minimum_share INTEGER CHECK (minimum_share BETWEEN 1 AND 1000000),
    position INTEGER NOT NULL,
    deleted_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (household_id, account_id),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
    CHECK ((minimum_kind = 'share') = (minimum_share IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE exchange_rate (
    household_id BLOB NOT NULL REFERENCES household (id),
    currency TEXT NOT NULL,
    target TEXT NOT NULL,
    date INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    target_amount INTEGER NOT NULL CHECK (target_amount > 0),
    PRIMARY KEY (household_id, currency, target, date)
) STRICT, WITHOUT ROWID;
CREATE TABLE goal (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('purchase', 'emergency_fund', 'sinking_fund', 'saving')),
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'finished')),
    currency TEXT NOT NULL,
    note TEXT,
    target_amount INTEGER,
    target_date INTEGER,
    start_date INTEGER NOT NULL,
    repeat_months INTEGER CHECK (repeat_months > 0),
    months_of_spending INTEGER CHECK (months_of_spending > 0),
    average_months INTEGER CHECK (average_months > 0),
    automatic_rule TEXT CHECK (automatic_rule IN ('fixed', 'budget')),
    automatic_account_id BLOB,
    automatic_amount INTEGER,
    automatic_day INTEGER CHECK (automatic_day BETWEEN 1 AND 31),
    automatic_category_id BLOB,
    automatic_through INTEGER,
    position INTEGER NOT NULL,
    reached_at INTEGER,
    finished_at INTEGER,
    deleted_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, target_day INTEGER CHECK (target_day BETWEEN 1 AND 31),
    PRIMARY KEY (household_id, id),
    FOREIGN KEY (household_id, automatic_account_id) REFERENCES account (household_id, id),
    FOREIGN KEY (household_id, automatic_category_id) REFERENCES account (household_id, id),
    CHECK ((automatic_rule IS NULL) = (automatic_account_id IS NULL)),
    CHECK ((automatic_rule IS NULL) = (automatic_through IS NULL)),
    CHECK ((state = 'finished') = (finished_at IS NOT NULL))
) STRICT;
CREATE TABLE goal_contribution (
    household_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    goal_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    amount INTEGER NOT NULL,
    date INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('manual', 'automatic', 'release')),
    period INTEGER,
    planned_amount INTEGER,
    note TEXT,
    person_id BLOB REFERENCES person (id),
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (household_id, id),
    FOREIGN KEY (household_id, goal_id) REFERENCES goal (household_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
    CHECK ((source = 'automatic') = (period IS NOT NULL)),
    CHECK ((source = 'automatic') = (planned_amount IS NOT NULL))
) STRICT;
CREATE TABLE household (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    week_start TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    transaction_count INTEGER NOT NULL DEFAULT 0 CHECK (transaction_count >= 0),
    audit_sequence INTEGER NOT NULL DEFAULT 0,
    audit_head BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    created_at INTEGER NOT NULL
, erased_at INTEGER, emptied_at INTEGER, audit_archived INTEGER NOT NULL DEFAULT 0, audit_archived_head BLOB) STRICT;
CREATE TABLE household_grant (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    person_id BLOB NOT NULL REFERENCES person (id),
    granted_by BLOB NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    noted_at INTEGER,
    PRIMARY KEY (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE idempotency_key (
    household_id BLOB NOT NULL REFERENCES household (id),
    person_id BLOB NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    etag TEXT,
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (household_id, person_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_batch (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'reading', 'preview', 'committing', 'committed', 'undone', 'failed')),
    -- What the person decided and what was understood, as JSON.
    decisions BLOB NOT NULL,
    report BLOB NOT NULL,
    error TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    committed_at INTEGER,
    undone_at INTEGER,
    PRIMARY KEY (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_file (
    household_id BLOB NOT NULL,
    batch_id BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (household_id, batch_id),
    FOREIGN KEY (household_id, batch_id) REFERENCES import_batch (household_id, id)
) STRICT;
CREATE TABLE import_fingerprint (
    household_id BLOB NOT NULL REFERENCES household (id),
    account_id BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    is_bank_id INTEGER NOT NULL,
    transaction_id BLOB NOT NULL,
    PRIMARY KEY (household_id, account_id, fingerprint),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_mapping (
    household_id BLOB NOT NULL REFERENCES household (id),
    account_id BLOB NOT NULL,
    layout TEXT NOT NULL,
    mapping BLOB NOT NULL,
    PRIMARY KEY (household_id, account_id, layout),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE invitation (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    token_hash BLOB NOT NULL UNIQUE,
    email TEXT,
    email_folded TEXT,
    role TEXT NOT NULL CHECK (role IN ('editor', 'viewer')),
    invited_by BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    accepted_by BLOB REFERENCES person (id),
    withdrawn_at INTEGER,
    PRIMARY KEY (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE job (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    single TEXT,
    household_id BLOB REFERENCES household (id),
    payload BLOB,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    steps_done INTEGER NOT NULL DEFAULT 0,
    steps INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER,
    last_error TEXT
) STRICT;
CREATE TABLE job_schedule (
    kind TEXT NOT NULL PRIMARY KEY,
    next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_transaction (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    date INTEGER NOT NULL,
    type TEXT NOT NULL
        CHECK (type IN ('expense', 'income', 'transfer', 'opening', 'adjustment')),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    account_id BLOB NOT NULL,
    to_account_id BLOB,
    category_id BLOB,
    signed_amount INTEGER NOT NULL,
    magnitude INTEGER NOT NULL,
    currency TEXT NOT NULL,
    to_amount INTEGER,
    to_currency TEXT,
    is_split INTEGER NOT NULL,
    has_tags INTEGER NOT NULL,
    payee_id BLOB,
    payee TEXT,
    note TEXT,
    bank_text TEXT,
    source TEXT NOT NULL,
    import_id BLOB,
    linked_id BLOB,
    sealed INTEGER NOT NULL,
    deleted_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (household_id, id),
    FOREIGN KEY (household_id, payee_id) REFERENCES payee (household_id, id)
) STRICT;
CREATE TABLE member (
    household_id BLOB NOT NULL REFERENCES household (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
    is_default INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (household_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE notice (
    person_id BLOB NOT NULL REFERENCES person (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    household_id BLOB REFERENCES household (id),
    kind TEXT NOT NULL,
    cause TEXT NOT NULL,
    lasts INTEGER NOT NULL,
    ended_at INTEGER,
    told_at INTEGER NOT NULL,
    in_app INTEGER NOT NULL,
    mail TEXT NOT NULL CHECK (mail IN ('off', 'at_once', 'daily', 'weekly')),
    mailed_at INTEGER,
    read_at INTEGER,
    payload BLOB,
    PRIMARY KEY (person_id, id)
) STRICT;
CREATE TABLE notice_account (
    person_id BLOB NOT NULL,
    notice_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    PRIMARY KEY (person_id, notice_id, account_id),
    FOREIGN KEY (person_id, notice_id) REFERENCES notice (person_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE notice_choice (
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    in_app INTEGER NOT NULL,
    mail TEXT NOT NULL CHECK (mail IN ('off', 'at_once', 'daily', 'weekly')),
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE notice_look (
    household_id BLOB NOT NULL PRIMARY KEY REFERENCES household (id),
    version INTEGER NOT NULL,
    looked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE notice_reader (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    changes INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER,
    quiet_from INTEGER CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_to INTEGER CHECK (quiet_to BETWEEN 0 AND 1439),
    digest_hour INTEGER NOT NULL DEFAULT 7 CHECK (digest_hour BETWEEN 0 AND 23),
    digest_weekday TEXT NOT NULL DEFAULT 'monday',
    warning_percent INTEGER NOT NULL DEFAULT 80,
    spent_percent INTEGER NOT NULL DEFAULT 100,
    CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE notice_threshold (
    person_id BLOB NOT NULL REFERENCES person (id),
    household_id BLOB NOT NULL REFERENCES household (id),
    large_amount INTEGER NOT NULL,
    PRIMARY KEY (person_id, household_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE one_time_token (
    hash BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id BLOB REFERENCES person (id),
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE page (
    kind TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE passkey (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    credential_id BLOB NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    verifies_user INTEGER NOT NULL,
    is_backup_eligible INTEGER NOT NULL,
    is_backed_up INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE TABLE payee (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    expense_category_id BLOB,
    income_category_id BLOB,
    PRIMARY KEY (household_id, id),
    UNIQUE (household_id, folded),
    FOREIGN KEY (household_id, expense_category_id) REFERENCES account (household_id, id),
    FOREIGN KEY (household_id, income_category_id) REFERENCES account (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE payee_rollup (
    household_id BLOB NOT NULL REFERENCES household (id),
    month INTEGER NOT NULL,
    payee_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    currency TEXT NOT NULL,
    posted_net INTEGER NOT NULL,
    posted_count INTEGER NOT NULL,
    pending_net INTEGER NOT NULL,
    pending_count INTEGER NOT NULL,
    PRIMARY KEY (household_id, month, payee_id, account_id, currency),
    FOREIGN KEY (household_id, payee_id) REFERENCES payee (household_id, id),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE person (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    locale TEXT NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
, system_role TEXT NOT NULL DEFAULT 'user'
    CHECK (system_role IN ('user', 'support', 'auditor', 'admin')), email_verified_at INTEGER, deleted_at INTEGER, erase_at INTEGER) STRICT;
CREATE TABLE personal_token (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER
) STRICT;
CREATE TABLE posting (
    household_id BLOB NOT NULL,
    transaction_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    account_id BLOB NOT NULL,
    date INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    memo TEXT,
    PRIMARY KEY (household_id, transaction_id, position),
    FOREIGN KEY (household_id, transaction_id)
        REFERENCES ledger_transaction (household_id, id),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE provider_identity (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    UNIQUE (issuer, subject)
) STRICT;
CREATE TABLE recurring_choice (
    household_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    account_id BLOB NOT NULL,
    payee TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN ('dismissed', 'accepted')),
    bill_id BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (household_id, id),
    FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
    CHECK ((choice = 'accepted') = (bill_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE refresh_token (
    hash BLOB NOT NULL PRIMARY KEY,
    session_id BLOB NOT NULL REFERENCES session (id),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    sealed_successor BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE rollup (
    household_id BLOB NOT NULL REFERENCES household (id),
    grain INTEGER NOT NULL CHECK (grain IN (0, 1)),
    period INTEGER NOT NULL,
    node_id BLOB NOT NULL,
    counter_id BLOB NOT NULL,
    currency TEXT NOT NULL,
    posted_net INTEGER NOT NULL,
    posted_count INTEGER NOT NULL,
    pending_net INTEGER NOT NULL,
    pending_count INTEGER NOT NULL,
    PRIMARY KEY (household_id, grain, period, node_id, counter_id, currency),
    FOREIGN KEY (household_id, node_id) REFERENCES account (household_id, id),
    FOREIGN KEY (household_id, counter_id) REFERENCES account (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE schema_migration (
    number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL,
    checksum TEXT NOT NULL, applied_at INTEGER NOT NULL);
CREATE TABLE session (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
, first_address TEXT NOT NULL DEFAULT '', proved_at INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE sign_in_failure (
    account_hash BLOB NOT NULL,
    lane TEXT NOT NULL,
    failures INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    told_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_hash, lane)
) STRICT, WITHOUT ROWID;
CREATE TABLE task (
    household_id BLOB NOT NULL REFERENCES household (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 3 AND 255),
    description TEXT,
    status TEXT NOT NULL CHECK (status IN ('todo', 'in_progress', 'done')),
    priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),
    due_on INTEGER,
    repeat_rule TEXT,
    repeat_from INTEGER,
    assignee_id BLOB REFERENCES person (id),
    link_kind TEXT,
    link_id BLOB,
    cause TEXT,
    cause_ended_at INTEGER,
    next_id BLOB,
    position INTEGER NOT NULL,
    folded_title TEXT NOT NULL,
    words TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    done_at INTEGER,
    deleted_at INTEGER,
    PRIMARY KEY (household_id, id),
    CHECK ((link_kind IS NULL) = (link_id IS NULL)),
    CHECK ((status = 'done') = (done_at IS NOT NULL)),
    CHECK (repeat_rule IS NULL OR due_on IS NOT NULL AND repeat_from IS NOT NULL)
) STRICT;
CREATE TABLE task_tag (
    household_id BLOB NOT NULL,
    task_id BLOB NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (household_id, task_id, tag),
    FOREIGN KEY (household_id, task_id) REFERENCES task (household_id, id)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE time_code (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    sealed_secret BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE trail (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    sequence INTEGER NOT NULL DEFAULT 0,
    head BLOB NOT NULL,
    sealed_key BLOB
, archived INTEGER NOT NULL DEFAULT 0, archived_head BLOB) STRICT;
CREATE TABLE trail_entry (
    trail_id BLOB NOT NULL REFERENCES trail (id),
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    actor_id BLOB,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('success', 'failure', 'refused')),
    entity TEXT NOT NULL,
    entity_id BLOB,
    request_id TEXT NOT NULL,
    payload_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    payload BLOB,
    PRIMARY KEY (trail_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE transaction_search USING fts5 (
    words, transaction_id UNINDEXED,
    detail = none,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* S* C*'"
);
CREATE TABLE transaction_tag (
    household_id BLOB NOT NULL,
    tag TEXT NOT NULL,
    transaction_id BLOB NOT NULL,
    PRIMARY KEY (household_id, tag, transaction_id),
    FOREIGN KEY (household_id, transaction_id)
        REFERENCES ledger_transaction (household_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE transfer_link (
    household_id BLOB NOT NULL REFERENCES household (id),
    out_id BLOB NOT NULL,
    in_id BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('linked', 'rejected')),
    out_category_id BLOB,
    in_category_id BLOB,
    PRIMARY KEY (household_id, out_id, in_id),
    FOREIGN KEY (household_id, out_id) REFERENCES ledger_transaction (household_id, id),
    FOREIGN KEY (household_id, in_id) REFERENCES ledger_transaction (household_id, id)
) STRICT, WITHOUT ROWID;

-- index
CREATE INDEX account_hidden_formerly_person
    ON account_hidden_formerly (household_id, person_id);
CREATE INDEX account_parent ON account (household_id, parent_id);
CREATE UNIQUE INDEX account_system ON account (household_id, system);
CREATE INDEX account_visibility_person
    ON account_visibility_member (household_id, person_id);
CREATE INDEX audit_change_entity ON audit_change (household_id, entity_id, sequence);
CREATE INDEX audit_entry_bulk ON audit_entry (household_id, sequence)
    WHERE change_count > 0;
CREATE INDEX audit_entry_entity ON audit_entry (household_id, entity_id, sequence);
CREATE UNIQUE INDEX audit_entry_undoes ON audit_entry (household_id, undoes)
    WHERE undoes IS NOT NULL;
CREATE INDEX bill_candidate_day ON bill_candidate (household_id, nominal_on);
CREATE INDEX bill_candidate_transaction ON bill_candidate (household_id, transaction_id);
CREATE INDEX bill_deleted ON bill (household_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX bill_live ON bill (household_id, folded_name, id) WHERE deleted_at IS NULL;
CREATE INDEX bill_occurrence_day ON bill_occurrence (household_id, nominal_on);
CREATE INDEX bill_payment_bill ON bill_payment (household_id, bill_id, nominal_on);
CREATE INDEX bill_payment_day ON bill_payment (household_id, nominal_on);
CREATE UNIQUE INDEX bill_payment_once ON bill_payment (household_id, bill_id, nominal_on)
    WHERE kind = 'posted';
CREATE INDEX calendar_feed_person ON calendar_feed (person_id, created_at);
CREATE INDEX goal_automatic_account ON goal (household_id, automatic_account_id)
    WHERE automatic_account_id IS NOT NULL;
CREATE INDEX goal_automatic_category ON goal (household_id, automatic_category_id)
    WHERE automatic_category_id IS NOT NULL;
CREATE INDEX goal_contribution_account ON goal_contribution (household_id, account_id);
CREATE INDEX goal_contribution_goal ON goal_contribution (household_id, goal_id, date, id);
CREATE UNIQUE INDEX goal_contribution_period
    ON goal_contribution (household_id, goal_id, period) WHERE period IS NOT NULL;
CREATE INDEX goal_contribution_person ON goal_contribution (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX household_erased ON household (erased_at)
    WHERE erased_at IS NOT NULL AND emptied_at IS NULL;
CREATE INDEX household_grant_person ON household_grant (person_id, expires_at)
    WHERE ended_at IS NULL;
CREATE INDEX idempotency_key_age ON idempotency_key (household_id, created_at);
CREATE INDEX import_fingerprint_transaction
    ON import_fingerprint (household_id, transaction_id);
CREATE INDEX job_due ON job (kind, due_at) WHERE state IN ('waiting', 'running');
CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL;
CREATE UNIQUE INDEX job_single ON job (kind, single)
    WHERE single IS NOT NULL AND state IN ('waiting', 'running');
CREATE INDEX ledger_transaction_date ON ledger_transaction (household_id, date, id);
CREATE INDEX ledger_transaction_deleted ON ledger_transaction (household_id, deleted_at)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX ledger_transaction_import ON ledger_transaction (household_id, import_id, id)
    WHERE import_id IS NOT NULL;
CREATE INDEX ledger_transaction_payee ON ledger_transaction (household_id, payee_id, date)
    WHERE payee_id IS NOT NULL;
CREATE INDEX ledger_transaction_reconciled
    ON ledger_transaction (household_id, account_id, date) WHERE state = 4;
CREATE UNIQUE INDEX member_owner ON member (household_id) WHERE role = 'owner';
CREATE INDEX member_person ON member (person_id, joined_at);
CREATE INDEX notice_age ON notice (told_at);
CREATE UNIQUE INDEX notice_cause ON notice (person_id, cause) WHERE ended_at IS NULL;
CREATE INDEX notice_household ON notice (household_id, cause) WHERE household_id IS NOT NULL;
CREATE INDEX notice_mail ON notice (person_id, told_at)
    WHERE mail <> 'off' AND mailed_at IS NULL;
CREATE INDEX notice_unread ON notice (person_id, id)
    WHERE read_at IS NULL AND payload IS NOT NULL;
CREATE INDEX one_time_token_age ON one_time_token (expires_at);
CREATE INDEX one_time_token_person ON one_time_token (person_id, kind);
CREATE INDEX passkey_person ON passkey (person_id, created_at);
CREATE INDEX person_erase ON person (erase_at) WHERE erase_at IS NOT NULL;
CREATE INDEX personal_token_person ON personal_token (person_id, created_at);
CREATE INDEX posting_account
    ON posting (household_id, account_id, date, transaction_id);
CREATE INDEX provider_identity_person ON provider_identity (person_id, created_at);
CREATE INDEX refresh_token_session ON refresh_token (session_id);
CREATE INDEX rollup_node ON rollup (household_id, node_id, grain, period);
CREATE INDEX session_person ON session (person_id, used_at);
CREATE INDEX sign_in_failure_age ON sign_in_failure (window_start);
CREATE INDEX task_assignee ON task (assignee_id) WHERE assignee_id IS NOT NULL;
CREATE UNIQUE INDEX task_cause ON task (household_id, cause)
    WHERE cause IS NOT NULL AND cause_ended_at IS NULL;
CREATE INDEX task_deleted ON task (household_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX task_due ON task (household_id, due_on) WHERE done_at IS NULL;
CREATE INDEX task_link ON task (household_id, link_id) WHERE link_id IS NOT NULL;
CREATE INDEX task_position ON task (household_id, position);
CREATE INDEX task_tag_name ON task_tag (household_id, tag);
CREATE INDEX trail_entry_time ON trail_entry (at, trail_id, sequence);
CREATE INDEX transaction_tag_transaction ON transaction_tag (household_id, transaction_id);

-- trigger
CREATE TRIGGER audit_change_no_delete BEFORE DELETE ON audit_change
WHEN OLD.sequence > COALESCE((SELECT audit_archived FROM household WHERE id = OLD.household_id), 0)
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER audit_change_no_rewrite BEFORE UPDATE OF payload ON audit_change
WHEN NEW.payload IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER audit_change_no_update BEFORE UPDATE OF household_id, sequence, position, entity_id ON audit_change
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
WHEN OLD.sequence > COALESCE((SELECT audit_archived FROM household WHERE id = OLD.household_id), 0)
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER audit_entry_no_rewrite BEFORE UPDATE OF payload ON audit_entry
WHEN NEW.payload IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE OF household_id, sequence, at, actor, actor_id, action, entity, entity_id, request_id,
change_count, payload_hash, hash ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER household_archived BEFORE UPDATE OF audit_archived, audit_archived_head ON household
WHEN NEW.audit_archived <= OLD.audit_archived OR NEW.audit_archived_head IS NULL
    OR NOT EXISTS (
        SELECT 1 FROM audit_entry
        WHERE household_id = NEW.id AND sequence = NEW.audit_archived AND hash = NEW.audit_archived_head
    )
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER ledger_transaction_born_open BEFORE INSERT ON ledger_transaction
WHEN NEW.sealed = 1
BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END;
CREATE TRIGGER ledger_transaction_seal BEFORE UPDATE OF sealed ON ledger_transaction
WHEN NEW.sealed = 1 AND OLD.sealed = 0
BEGIN
    SELECT RAISE(ABORT, 'transaction.unbalanced') WHERE (SELECT COUNT(*) < 2 OR CASE WHEN MIN(currency) = MAX(currency)
    THEN SUM(amount) <> 0
    ELSE EXISTS (
        SELECT 1 FROM posting
        WHERE household_id = NEW.household_id AND transaction_id = NEW.id
        GROUP BY currency HAVING SUM(amount) <> 0
    ) END
FROM posting WHERE household_id = NEW.household_id AND transaction_id = NEW.id);
END;
CREATE TRIGGER posting_delete_sealed BEFORE DELETE ON posting
WHEN (
    SELECT sealed FROM ledger_transaction
    WHERE household_id = OLD.household_id AND id = OLD.transaction_id
) = 1
BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END;
CREATE TRIGGER posting_insert_sealed BEFORE INSERT ON posting
WHEN (
    SELECT sealed FROM ledger_transaction
    WHERE household_id = NEW.household_id AND id = NEW.transaction_id
) = 1
BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END;
CREATE TRIGGER posting_update_sealed BEFORE UPDATE ON posting
WHEN (
    SELECT sealed FROM ledger_transaction
    WHERE household_id = OLD.household_id AND id = OLD.transaction_id
) = 1 OR (
    SELECT sealed FROM ledger_transaction
    WHERE household_id = NEW.household_id AND id = NEW.transaction_id
) = 1
BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END;
CREATE TRIGGER trail_archived BEFORE UPDATE OF archived, archived_head ON trail
WHEN NEW.archived <= OLD.archived OR NEW.archived_head IS NULL
    OR NOT EXISTS (
        SELECT 1 FROM trail_entry
        WHERE trail_id = NEW.id AND sequence = NEW.archived AND hash = NEW.archived_head
    )
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER trail_entry_no_delete BEFORE DELETE ON trail_entry
WHEN OLD.sequence > COALESCE((SELECT archived FROM trail WHERE id = OLD.trail_id), 0)
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER trail_entry_no_rewrite BEFORE UPDATE OF payload ON trail_entry
WHEN NEW.payload IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
CREATE TRIGGER trail_entry_no_update BEFORE UPDATE OF trail_id, sequence, at, actor, actor_id, action, outcome, entity, entity_id,
request_id, payload_hash, hash ON trail_entry
BEGIN
    SELECT RAISE(ABORT, 'audit.append_only');
END;
