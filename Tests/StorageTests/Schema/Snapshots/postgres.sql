-- domain
ledger_amount numeric(19,4) CHECK (((VALUE >= '-922337203685477.5808'::numeric) AND (VALUE <= 922337203685477.5807)))

-- column
account.household_id uuid NOT NULL
account.id uuid NOT NULL
account.class text C NOT NULL
account.kind text C
account.system text C
account.name text C NOT NULL
account.currency text C
account.parent_id uuid
account.position bigint NOT NULL
account.minimum_balance ledger_amount
account.balance ledger_amount NOT NULL DEFAULT 0
account.opening_transaction_id uuid
account.closed_at date
account.deleted_at bigint
account.version bigint NOT NULL DEFAULT 1
account.created_at bigint NOT NULL
account.updated_at bigint NOT NULL
account.added_by uuid
account.is_budgeted boolean
account.budget_category_id uuid
account_hidden_formerly.household_id uuid NOT NULL
account_hidden_formerly.account_id uuid NOT NULL
account_hidden_formerly.person_id uuid NOT NULL
account_visibility.household_id uuid NOT NULL
account_visibility.account_id uuid NOT NULL
account_visibility.mode text C NOT NULL
account_visibility_member.household_id uuid NOT NULL
account_visibility_member.account_id uuid NOT NULL
account_visibility_member.person_id uuid NOT NULL
audit_change.household_id uuid NOT NULL
audit_change.sequence bigint NOT NULL
audit_change.position bigint NOT NULL
audit_change.entity_id uuid NOT NULL
audit_change.payload bytea
audit_entry.household_id uuid NOT NULL
audit_entry.sequence bigint NOT NULL
audit_entry.at bigint NOT NULL
audit_entry.actor text C NOT NULL
audit_entry.actor_id uuid
audit_entry.action text C NOT NULL
audit_entry.entity text C NOT NULL
audit_entry.entity_id uuid
audit_entry.request_id text C NOT NULL
audit_entry.change_count bigint NOT NULL
audit_entry.payload_hash bytea NOT NULL
audit_entry.hash bytea NOT NULL
audit_entry.payload bytea
audit_entry.outcome text C
audit_entry.undoes bigint
audit_touch.household_id uuid NOT NULL
audit_touch.sequence bigint NOT NULL
audit_touch.accounts bytea NOT NULL
audit_touch.row_count bigint NOT NULL
backup_code.person_id uuid NOT NULL
backup_code.position bigint NOT NULL
backup_code.hash text C NOT NULL
backup_code.used_at bigint
bill.household_id uuid NOT NULL
bill.id uuid NOT NULL
bill.name text C NOT NULL
bill.folded_name text C NOT NULL
bill.direction text C NOT NULL
bill.payee text C
bill.account_id uuid
bill.to_account_id uuid
bill.category_id uuid
bill.currency text C NOT NULL
bill.amount_kind text C NOT NULL
bill.amount ledger_amount
bill.amount_low ledger_amount
bill.amount_high ledger_amount
bill.learn_from bigint
bill.tolerance_percent bigint
bill.start_on date NOT NULL
bill.end_on date
bill.repeat_rule text C
bill.month_end text C NOT NULL
bill.working_days text C NOT NULL
bill.holidays text C NOT NULL
bill.days_before bigint NOT NULL
bill.days_after bigint NOT NULL
bill.allows_parts boolean NOT NULL
bill.remind_days bigint
bill.note text C
bill.paused_on date
bill.asked_from date NOT NULL
bill.posts_from date
bill.version bigint NOT NULL DEFAULT 1
bill.created_at bigint NOT NULL
bill.updated_at bigint NOT NULL
bill.deleted_at bigint
bill_candidate.household_id uuid NOT NULL
bill_candidate.bill_id uuid NOT NULL
bill_candidate.nominal_on date NOT NULL
bill_candidate.transaction_id uuid NOT NULL
bill_candidate.score bigint NOT NULL
bill_candidate.is_rejected boolean NOT NULL
bill_occurrence.household_id uuid NOT NULL
bill_occurrence.bill_id uuid NOT NULL
bill_occurrence.nominal_on date NOT NULL
bill_occurrence.due_on date
bill_occurrence.amount ledger_amount
bill_occurrence.is_skipped boolean NOT NULL
bill_occurrence.posted_at bigint
bill_payment.household_id uuid NOT NULL
bill_payment.bill_id uuid NOT NULL
bill_payment.nominal_on date NOT NULL
bill_payment.transaction_id uuid NOT NULL
bill_payment.kind text C NOT NULL
bill_payment.is_automatic boolean NOT NULL
bill_payment.replaces_id uuid
bill_payment.amount_low ledger_amount
bill_payment.amount_usual ledger_amount
bill_payment.amount_high ledger_amount
bill_payment.created_at bigint NOT NULL
budget.household_id uuid NOT NULL
budget.category_id uuid NOT NULL
budget.rollover text C NOT NULL
budget.kind text C NOT NULL
budget.group_name text C
budget.position bigint NOT NULL
budget.fill_rule text C
budget.fill_amount ledger_amount
budget.fill_weekday text C
budget.fill_date date
budget.fill_number bigint
budget.fill_priority bigint NOT NULL
budget.deleted_at bigint
budget.version bigint NOT NULL DEFAULT 1
budget.created_at bigint NOT NULL
budget.updated_at bigint NOT NULL
budget_amount.household_id uuid NOT NULL
budget_amount.account_id uuid NOT NULL
budget_amount.first_day date NOT NULL
budget_amount.last_day date NOT NULL
budget_amount.assigned ledger_amount NOT NULL
budget_period.household_id uuid NOT NULL
budget_period.first_day date NOT NULL
budget_period.last_day date NOT NULL
budget_period.held ledger_amount
budget_period.locked_at bigint
budget_settings.household_id uuid NOT NULL
budget_settings.look text C NOT NULL
budget_settings.length text C NOT NULL
budget_settings.month_start bigint
budget_settings.holidays text C NOT NULL
budget_settings.version bigint NOT NULL
budget_settings.updated_at bigint NOT NULL
calendar_feed.id uuid NOT NULL
calendar_feed.household_id uuid NOT NULL
calendar_feed.person_id uuid NOT NULL
calendar_feed.hash bytea NOT NULL
calendar_feed.name text C NOT NULL
calendar_feed.hint text C NOT NULL
calendar_feed.has_bills boolean NOT NULL
calendar_feed.has_tasks boolean NOT NULL
calendar_feed.created_at bigint NOT NULL
calendar_feed.used_at bigint
code_failure.person_id uuid NOT NULL
code_failure.failures bigint NOT NULL
code_failure.locked_until bigint NOT NULL
consent.person_id uuid NOT NULL
consent.kind text C NOT NULL
consent.version bigint NOT NULL
consent.accepted_at bigint NOT NULL
debt_settings.household_id uuid NOT NULL
debt_settings.strategy text C NOT NULL
debt_settings.extra_amount ledger_amount NOT NULL
debt_settings.version bigint NOT NULL
debt_settings.updated_at bigint NOT NULL
debt_terms.household_id uuid NOT NULL
debt_terms.account_id uuid NOT NULL
debt_terms.yearly_rate bigint NOT NULL
debt_terms.minimum_kind text C NOT NULL
debt_terms.minimum_amount ledger_amount NOT NULL
debt_terms.minimum_share bigint
debt_terms.position bigint NOT NULL
debt_terms.deleted_at bigint
debt_terms.version bigint NOT NULL DEFAULT 1
debt_terms.created_at bigint NOT NULL
debt_terms.updated_at bigint NOT NULL
exchange_rate.household_id uuid NOT NULL
exchange_rate.currency text C NOT NULL
exchange_rate.target text C NOT NULL
exchange_rate.date date NOT NULL
exchange_rate.amount ledger_amount NOT NULL
exchange_rate.target_amount ledger_amount NOT NULL
goal.household_id uuid NOT NULL
goal.id uuid NOT NULL
goal.name text C NOT NULL
goal.kind text C NOT NULL
goal.state text C NOT NULL
goal.currency text C NOT NULL
goal.note text C
goal.target_amount ledger_amount
goal.target_date date
goal.start_date date NOT NULL
goal.repeat_months bigint
goal.months_of_spending bigint
goal.average_months bigint
goal.automatic_rule text C
goal.automatic_account_id uuid
goal.automatic_amount ledger_amount
goal.automatic_day bigint
goal.automatic_category_id uuid
goal.automatic_through date
goal.position bigint NOT NULL
goal.reached_at bigint
goal.finished_at bigint
goal.deleted_at bigint
goal.version bigint NOT NULL DEFAULT 1
goal.created_at bigint NOT NULL
goal.updated_at bigint NOT NULL
goal.target_day bigint
goal_contribution.household_id uuid NOT NULL
goal_contribution.id uuid NOT NULL
goal_contribution.goal_id uuid NOT NULL
goal_contribution.account_id uuid NOT NULL
goal_contribution.amount ledger_amount NOT NULL
goal_contribution.date date NOT NULL
goal_contribution.source text C NOT NULL
goal_contribution.period date
goal_contribution.planned_amount ledger_amount
goal_contribution.note text C
goal_contribution.person_id uuid
goal_contribution.created_at bigint NOT NULL
goal_contribution.deleted_at bigint
household.id uuid NOT NULL
household.name text C NOT NULL
household.currency text C NOT NULL
household.week_start text C NOT NULL
household.version bigint NOT NULL DEFAULT 0
household.transaction_count bigint NOT NULL DEFAULT 0
household.audit_sequence bigint NOT NULL DEFAULT 0
household.audit_head bytea NOT NULL
household.sealed_key bytea NOT NULL
household.created_at bigint NOT NULL
household.erased_at bigint
household.emptied_at bigint
household.audit_archived bigint NOT NULL DEFAULT 0
household.audit_archived_head bytea
household_grant.household_id uuid NOT NULL
household_grant.id uuid NOT NULL
household_grant.person_id uuid NOT NULL
household_grant.granted_by uuid NOT NULL
household_grant.reason text C NOT NULL
household_grant.created_at bigint NOT NULL
household_grant.expires_at bigint NOT NULL
household_grant.ended_at bigint
household_grant.noted_at bigint
idempotency_key.household_id uuid NOT NULL
idempotency_key.person_id uuid NOT NULL
idempotency_key.key text C NOT NULL
idempotency_key.request_hash bytea NOT NULL
idempotency_key.status bigint NOT NULL
idempotency_key.etag text C
idempotency_key.body bytea NOT NULL
idempotency_key.created_at bigint NOT NULL
import_batch.household_id uuid NOT NULL
import_batch.id uuid NOT NULL
import_batch.file_name text C NOT NULL
import_batch.state text C NOT NULL
import_batch.decisions bytea NOT NULL
import_batch.report bytea NOT NULL
import_batch.error text C
import_batch.version bigint NOT NULL DEFAULT 1
import_batch.created_by uuid
import_batch.created_at bigint NOT NULL
import_batch.committed_at bigint
import_batch.undone_at bigint
import_file.household_id uuid NOT NULL
import_file.batch_id uuid NOT NULL
import_file.bytes bytea NOT NULL
import_fingerprint.household_id uuid NOT NULL
import_fingerprint.account_id uuid NOT NULL
import_fingerprint.fingerprint bytea NOT NULL
import_fingerprint.is_bank_id boolean NOT NULL
import_fingerprint.transaction_id uuid NOT NULL
import_mapping.household_id uuid NOT NULL
import_mapping.account_id uuid NOT NULL
import_mapping.layout text C NOT NULL
import_mapping.mapping bytea NOT NULL
invitation.household_id uuid NOT NULL
invitation.id uuid NOT NULL
invitation.token_hash bytea NOT NULL
invitation.email text C
invitation.email_folded text C
invitation.role text C NOT NULL
invitation.invited_by uuid NOT NULL
invitation.created_at bigint NOT NULL
invitation.expires_at bigint NOT NULL
invitation.accepted_at bigint
invitation.accepted_by uuid
invitation.withdrawn_at bigint
job.id uuid NOT NULL
job.kind text C NOT NULL
job.topic text C NOT NULL
job.single text C
job.household_id uuid
job.payload bytea
job.state text C NOT NULL
job.created_at bigint NOT NULL
job.due_at bigint NOT NULL
job.attempts bigint NOT NULL DEFAULT 0
job.steps_done bigint NOT NULL DEFAULT 0
job.steps bigint NOT NULL DEFAULT 0
job.ended_at bigint
job.last_error text C
job_schedule.kind text C NOT NULL
job_schedule.next_at bigint NOT NULL
ledger_transaction.household_id uuid NOT NULL
ledger_transaction.id uuid NOT NULL
ledger_transaction.date date NOT NULL
ledger_transaction.type text C NOT NULL
ledger_transaction.state bigint NOT NULL
ledger_transaction.account_id uuid NOT NULL
ledger_transaction.to_account_id uuid
ledger_transaction.category_id uuid
ledger_transaction.signed_amount ledger_amount NOT NULL
ledger_transaction.magnitude ledger_amount NOT NULL
ledger_transaction.currency text C NOT NULL
ledger_transaction.to_amount ledger_amount
ledger_transaction.to_currency text C
ledger_transaction.is_split boolean NOT NULL
ledger_transaction.has_tags boolean NOT NULL
ledger_transaction.payee_id uuid
ledger_transaction.payee text C
ledger_transaction.note text C
ledger_transaction.bank_text text C
ledger_transaction.source text C NOT NULL
ledger_transaction.import_id uuid
ledger_transaction.linked_id uuid
ledger_transaction.sealed boolean NOT NULL
ledger_transaction.deleted_at bigint
ledger_transaction.version bigint NOT NULL DEFAULT 1
ledger_transaction.created_at bigint NOT NULL
ledger_transaction.updated_at bigint NOT NULL
member.household_id uuid NOT NULL
member.person_id uuid NOT NULL
member.role text C NOT NULL
member.is_default boolean NOT NULL
member.joined_at bigint NOT NULL
notice.person_id uuid NOT NULL
notice.id uuid NOT NULL
notice.household_id uuid
notice.kind text C NOT NULL
notice.cause text C NOT NULL
notice.lasts boolean NOT NULL
notice.ended_at bigint
notice.told_at bigint NOT NULL
notice.in_app boolean NOT NULL
notice.mail text C NOT NULL
notice.mailed_at bigint
notice.read_at bigint
notice.payload bytea
notice_account.person_id uuid NOT NULL
notice_account.notice_id uuid NOT NULL
notice_account.account_id uuid NOT NULL
notice_choice.person_id uuid NOT NULL
notice_choice.kind text C NOT NULL
notice_choice.in_app boolean NOT NULL
notice_choice.mail text C NOT NULL
notice_look.household_id uuid NOT NULL
notice_look.version bigint NOT NULL
notice_look.looked_at bigint NOT NULL
notice_reader.person_id uuid NOT NULL
notice_reader.changes bigint NOT NULL DEFAULT 0
notice_reader.version bigint NOT NULL DEFAULT 0
notice_reader.updated_at bigint
notice_reader.quiet_from bigint
notice_reader.quiet_to bigint
notice_reader.digest_hour bigint NOT NULL DEFAULT 7
notice_reader.digest_weekday text C NOT NULL DEFAULT 'monday'::text
notice_reader.warning_percent bigint NOT NULL DEFAULT 80
notice_reader.spent_percent bigint NOT NULL DEFAULT 100
notice_threshold.person_id uuid NOT NULL
notice_threshold.household_id uuid NOT NULL
notice_threshold.large_amount ledger_amount NOT NULL
one_time_token.hash bytea NOT NULL
one_time_token.kind text C NOT NULL
one_time_token.person_id uuid
one_time_token.payload text C NOT NULL
one_time_token.created_at bigint NOT NULL
one_time_token.expires_at bigint NOT NULL
one_time_token.used_at bigint
one_time_token.tries bigint NOT NULL DEFAULT 0
page.kind text C NOT NULL
page.title text C NOT NULL
page.text text C NOT NULL
page.version bigint NOT NULL
page.updated_at bigint NOT NULL
passkey.id uuid NOT NULL
passkey.person_id uuid NOT NULL
passkey.credential_id bytea NOT NULL
passkey.public_key bytea NOT NULL
passkey.sign_count bigint NOT NULL
passkey.verifies_user boolean NOT NULL
passkey.is_backup_eligible boolean NOT NULL
passkey.is_backed_up boolean NOT NULL
passkey.name text C NOT NULL
passkey.created_at bigint NOT NULL
passkey.used_at bigint
payee.household_id uuid NOT NULL
payee.id uuid NOT NULL
payee.name text C NOT NULL
payee.folded text C NOT NULL
payee.expense_category_id uuid
payee.income_category_id uuid
payee_rollup.household_id uuid NOT NULL
payee_rollup.month date NOT NULL
payee_rollup.payee_id uuid NOT NULL
payee_rollup.account_id uuid NOT NULL
payee_rollup.currency text C NOT NULL
payee_rollup.posted_net ledger_amount NOT NULL
payee_rollup.posted_count bigint NOT NULL
payee_rollup.pending_net ledger_amount NOT NULL
payee_rollup.pending_count bigint NOT NULL
person.id uuid NOT NULL
person.email text C NOT NULL
person.email_folded text C NOT NULL
person.name text C NOT NULL
person.password_hash text C NOT NULL
person.time_zone text C NOT NULL
person.locale text C NOT NULL
person.epoch bigint NOT NULL DEFAULT 0
person.created_at bigint NOT NULL
person.disabled_at bigint
person.system_role text C NOT NULL DEFAULT 'user'::text
person.email_verified_at bigint
person.deleted_at bigint
person.erase_at bigint
personal_token.id uuid NOT NULL
personal_token.person_id uuid NOT NULL
personal_token.hash bytea NOT NULL
personal_token.name text C NOT NULL
personal_token.hint text C NOT NULL
personal_token.scopes text C NOT NULL
personal_token.created_at bigint NOT NULL
personal_token.expires_at bigint
personal_token.used_at bigint
posting.household_id uuid NOT NULL
posting.transaction_id uuid NOT NULL
posting.position bigint NOT NULL
posting.account_id uuid NOT NULL
posting.date date NOT NULL
posting.amount ledger_amount NOT NULL
posting.currency text C NOT NULL
posting.memo text C
provider_identity.id uuid NOT NULL
provider_identity.person_id uuid NOT NULL
provider_identity.provider text C NOT NULL
provider_identity.issuer text C NOT NULL
provider_identity.subject text C NOT NULL
provider_identity.name text C NOT NULL
provider_identity.email text C
provider_identity.created_at bigint NOT NULL
provider_identity.used_at bigint
recurring_choice.household_id uuid NOT NULL
recurring_choice.id uuid NOT NULL
recurring_choice.account_id uuid NOT NULL
recurring_choice.payee text C NOT NULL
recurring_choice.currency text C NOT NULL
recurring_choice.amount ledger_amount NOT NULL
recurring_choice.choice text C NOT NULL
recurring_choice.bill_id uuid
recurring_choice.created_at bigint NOT NULL
refresh_token.hash bytea NOT NULL
refresh_token.session_id uuid NOT NULL
refresh_token.issued_at bigint NOT NULL
refresh_token.expires_at bigint NOT NULL
refresh_token.used_at bigint
refresh_token.sealed_successor bytea
rollup.household_id uuid NOT NULL
rollup.grain bigint NOT NULL
rollup.period date NOT NULL
rollup.node_id uuid NOT NULL
rollup.counter_id uuid NOT NULL
rollup.currency text C NOT NULL
rollup.posted_net ledger_amount NOT NULL
rollup.posted_count bigint NOT NULL
rollup.pending_net ledger_amount NOT NULL
rollup.pending_count bigint NOT NULL
schema_migration.number bigint NOT NULL
schema_migration.name text C NOT NULL
schema_migration.checksum text C NOT NULL
schema_migration.applied_at bigint NOT NULL
session.id uuid NOT NULL
session.person_id uuid NOT NULL
session.device text C NOT NULL
session.address text C NOT NULL
session.created_at bigint NOT NULL
session.used_at bigint NOT NULL
session.expires_at bigint NOT NULL
session.ended_at bigint
session.first_address text C NOT NULL DEFAULT ''::text
session.proved_at bigint NOT NULL DEFAULT 0
sign_in_failure.account_hash bytea NOT NULL
sign_in_failure.lane text C NOT NULL
sign_in_failure.failures bigint NOT NULL
sign_in_failure.window_start bigint NOT NULL
sign_in_failure.locked_until bigint NOT NULL
sign_in_failure.told_at bigint NOT NULL DEFAULT 0
task.household_id uuid NOT NULL
task.id uuid NOT NULL
task.title text C NOT NULL
task.description text C
task.status text C NOT NULL
task.priority bigint NOT NULL
task.due_on date
task.repeat_rule text C
task.repeat_from date
task.assignee_id uuid
task.link_kind text C
task.link_id uuid
task.cause text C
task.cause_ended_at bigint
task.next_id uuid
task.position bigint NOT NULL
task.folded_title text C NOT NULL
task.words text C NOT NULL
task.version bigint NOT NULL DEFAULT 1
task.created_at bigint NOT NULL
task.updated_at bigint NOT NULL
task.done_at bigint
task.deleted_at bigint
task_tag.household_id uuid NOT NULL
task_tag.task_id uuid NOT NULL
task_tag.tag text C NOT NULL
time_code.person_id uuid NOT NULL
time_code.sealed_secret bytea NOT NULL
time_code.created_at bigint NOT NULL
time_code.confirmed_at bigint
time_code.last_step bigint NOT NULL DEFAULT 0
trail.id uuid NOT NULL
trail.sequence bigint NOT NULL DEFAULT 0
trail.head bytea NOT NULL
trail.sealed_key bytea
trail.archived bigint NOT NULL DEFAULT 0
trail.archived_head bytea
trail_entry.trail_id uuid NOT NULL
trail_entry.sequence bigint NOT NULL
trail_entry.at bigint NOT NULL
trail_entry.actor text C NOT NULL
trail_entry.actor_id uuid
trail_entry.action text C NOT NULL
trail_entry.outcome text C NOT NULL
trail_entry.entity text C NOT NULL
trail_entry.entity_id uuid
trail_entry.request_id text C NOT NULL
trail_entry.payload_hash bytea NOT NULL
trail_entry.hash bytea NOT NULL
trail_entry.payload bytea
transaction_search.household_id uuid NOT NULL
transaction_search.transaction_id uuid NOT NULL
transaction_search.words tsvector NOT NULL
transaction_tag.household_id uuid NOT NULL
transaction_tag.tag text C NOT NULL
transaction_tag.transaction_id uuid NOT NULL
transfer_link.household_id uuid NOT NULL
transfer_link.out_id uuid NOT NULL
transfer_link.in_id uuid NOT NULL
transfer_link.state text C NOT NULL
transfer_link.out_category_id uuid
transfer_link.in_category_id uuid

-- constraint
account account_check CHECK (((class = ANY (ARRAY['asset'::text, 'liability'::text])) = (currency IS NOT NULL)))
account account_check1 CHECK (((class = ANY (ARRAY['asset'::text, 'liability'::text])) = (kind IS NOT NULL)))
account account_class_check CHECK ((class = ANY (ARRAY['asset'::text, 'liability'::text, 'income'::text, 'expense'::text, 'equity'::text])))
account account_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
account account_household_id_parent_id_fkey FOREIGN KEY (household_id, parent_id) REFERENCES account(household_id, id)
account account_pkey PRIMARY KEY (household_id, id)
account_hidden_formerly account_hidden_formerly_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id) ON DELETE CASCADE
account_hidden_formerly account_hidden_formerly_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
account_hidden_formerly account_hidden_formerly_pkey PRIMARY KEY (household_id, account_id, person_id)
account_visibility account_visibility_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id) ON DELETE CASCADE
account_visibility account_visibility_mode_check CHECK ((mode = ANY (ARRAY['only'::text, 'except'::text])))
account_visibility account_visibility_pkey PRIMARY KEY (household_id, account_id)
account_visibility_member account_visibility_member_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account_visibility(household_id, account_id) ON DELETE CASCADE
account_visibility_member account_visibility_member_household_id_person_id_fkey FOREIGN KEY (household_id, person_id) REFERENCES member(household_id, person_id) ON DELETE CASCADE
account_visibility_member account_visibility_member_pkey PRIMARY KEY (household_id, account_id, person_id)
audit_change audit_change_household_id_sequence_fkey FOREIGN KEY (household_id, sequence) REFERENCES audit_entry(household_id, sequence)
audit_change audit_change_pkey PRIMARY KEY (household_id, sequence, "position")
audit_entry audit_entry_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
audit_entry audit_entry_pkey PRIMARY KEY (household_id, sequence)
audit_touch audit_touch_household_id_sequence_fkey FOREIGN KEY (household_id, sequence) REFERENCES audit_entry(household_id, sequence) ON DELETE CASCADE
audit_touch audit_touch_pkey PRIMARY KEY (household_id, sequence, accounts)
audit_touch audit_touch_row_count_check CHECK ((row_count >= 0))
backup_code backup_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
backup_code backup_code_pkey PRIMARY KEY (person_id, "position")
bill bill_amount_kind_check CHECK ((amount_kind = ANY (ARRAY['fixed'::text, 'range'::text, 'learned'::text])))
bill bill_check CHECK (((amount_kind <> 'fixed'::text) OR (amount IS NOT NULL)))
bill bill_check1 CHECK (((amount_kind <> 'range'::text) OR ((amount IS NOT NULL) AND ((amount_low)::numeric <= (amount)::numeric) AND ((amount)::numeric <= (amount_high)::numeric))))
bill bill_check2 CHECK (((amount_kind <> 'learned'::text) OR ((learn_from IS NOT NULL) AND (tolerance_percent IS NOT NULL))))
bill bill_check3 CHECK (((direction = 'transfer'::text) = (to_account_id IS NOT NULL)))
bill bill_check4 CHECK (((account_id IS NOT NULL) OR ((to_account_id IS NULL) AND (posts_from IS NULL))))
bill bill_days_after_check CHECK (((days_after >= 0) AND (days_after <= 60)))
bill bill_days_before_check CHECK (((days_before >= 0) AND (days_before <= 60)))
bill bill_direction_check CHECK ((direction = ANY (ARRAY['expense'::text, 'income'::text, 'transfer'::text])))
bill bill_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
bill bill_household_id_category_id_fkey FOREIGN KEY (household_id, category_id) REFERENCES account(household_id, id)
bill bill_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
bill bill_household_id_to_account_id_fkey FOREIGN KEY (household_id, to_account_id) REFERENCES account(household_id, id)
bill bill_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
bill bill_pkey PRIMARY KEY (household_id, id)
bill_candidate bill_candidate_household_id_bill_id_fkey FOREIGN KEY (household_id, bill_id) REFERENCES bill(household_id, id) ON DELETE CASCADE
bill_candidate bill_candidate_household_id_transaction_id_fkey FOREIGN KEY (household_id, transaction_id) REFERENCES ledger_transaction(household_id, id) ON DELETE CASCADE
bill_candidate bill_candidate_pkey PRIMARY KEY (household_id, bill_id, nominal_on, transaction_id)
bill_occurrence bill_occurrence_household_id_bill_id_fkey FOREIGN KEY (household_id, bill_id) REFERENCES bill(household_id, id) ON DELETE CASCADE
bill_occurrence bill_occurrence_pkey PRIMARY KEY (household_id, bill_id, nominal_on)
bill_payment bill_payment_household_id_bill_id_fkey FOREIGN KEY (household_id, bill_id) REFERENCES bill(household_id, id) ON DELETE CASCADE
bill_payment bill_payment_household_id_transaction_id_fkey FOREIGN KEY (household_id, transaction_id) REFERENCES ledger_transaction(household_id, id) ON DELETE CASCADE
bill_payment bill_payment_kind_check CHECK ((kind = ANY (ARRAY['matched'::text, 'posted'::text])))
bill_payment bill_payment_pkey PRIMARY KEY (household_id, transaction_id)
budget budget_household_id_category_id_fkey FOREIGN KEY (household_id, category_id) REFERENCES account(household_id, id)
budget budget_kind_check CHECK ((kind = ANY (ARRAY['fixed'::text, 'non_monthly'::text, 'flexible'::text])))
budget budget_pkey PRIMARY KEY (household_id, category_id)
budget budget_rollover_check CHECK ((rollover = ANY (ARRAY['none'::text, 'surplus'::text, 'surplus_and_overspending'::text])))
budget_amount budget_amount_check CHECK ((first_day <= last_day))
budget_amount budget_amount_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
budget_amount budget_amount_pkey PRIMARY KEY (household_id, account_id, first_day, last_day)
budget_period budget_period_check CHECK ((first_day <= last_day))
budget_period budget_period_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
budget_period budget_period_pkey PRIMARY KEY (household_id, first_day, last_day)
budget_settings budget_settings_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
budget_settings budget_settings_length_check CHECK ((length = ANY (ARRAY['week'::text, 'month'::text, 'quarter'::text, 'year'::text])))
budget_settings budget_settings_look_check CHECK ((look = ANY (ARRAY['tracking'::text, 'envelope'::text, 'flex'::text])))
budget_settings budget_settings_month_start_check CHECK (((month_start >= 1) AND (month_start <= 28)))
budget_settings budget_settings_pkey PRIMARY KEY (household_id)
calendar_feed calendar_feed_hash_key UNIQUE (hash)
calendar_feed calendar_feed_household_id_person_id_fkey FOREIGN KEY (household_id, person_id) REFERENCES member(household_id, person_id) ON DELETE CASCADE
calendar_feed calendar_feed_pkey PRIMARY KEY (id)
code_failure code_failure_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
code_failure code_failure_pkey PRIMARY KEY (person_id)
consent consent_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
consent consent_pkey PRIMARY KEY (person_id, kind, version)
consent consent_version_check CHECK ((version > 0))
debt_settings debt_settings_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
debt_settings debt_settings_pkey PRIMARY KEY (household_id)
debt_settings debt_settings_strategy_check CHECK ((strategy = ANY (ARRAY['avalanche'::text, 'snowball'::text, 'own'::text])))
debt_terms debt_terms_check CHECK (((minimum_kind = 'share'::text) = (minimum_share IS NOT NULL)))
debt_terms debt_terms_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
debt_terms debt_terms_minimum_kind_check CHECK ((minimum_kind = ANY (ARRAY['fixed'::text, 'share'::text])))
debt_terms debt_terms_minimum_share_check CHECK (((minimum_share >= 1) AND (minimum_share <= 1000000)))
debt_terms debt_terms_pkey PRIMARY KEY (household_id, account_id)
debt_terms debt_terms_yearly_rate_check CHECK (((yearly_rate >= 0) AND (yearly_rate <= 10000000)))
exchange_rate exchange_rate_amount_check CHECK (((amount)::numeric > (0)::numeric))
exchange_rate exchange_rate_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
exchange_rate exchange_rate_pkey PRIMARY KEY (household_id, currency, target, date)
exchange_rate exchange_rate_target_amount_check CHECK (((target_amount)::numeric > (0)::numeric))
goal goal_automatic_day_check CHECK (((automatic_day >= 1) AND (automatic_day <= 31)))
goal goal_automatic_rule_check CHECK ((automatic_rule = ANY (ARRAY['fixed'::text, 'budget'::text])))
goal goal_average_months_check CHECK ((average_months > 0))
goal goal_check CHECK (((automatic_rule IS NULL) = (automatic_account_id IS NULL)))
goal goal_check1 CHECK (((automatic_rule IS NULL) = (automatic_through IS NULL)))
goal goal_check2 CHECK (((state = 'finished'::text) = (finished_at IS NOT NULL)))
goal goal_household_id_automatic_account_id_fkey FOREIGN KEY (household_id, automatic_account_id) REFERENCES account(household_id, id)
goal goal_household_id_automatic_category_id_fkey FOREIGN KEY (household_id, automatic_category_id) REFERENCES account(household_id, id)
goal goal_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
goal goal_kind_check CHECK ((kind = ANY (ARRAY['purchase'::text, 'emergency_fund'::text, 'sinking_fund'::text, 'saving'::text])))
goal goal_months_of_spending_check CHECK ((months_of_spending > 0))
goal goal_pkey PRIMARY KEY (household_id, id)
goal goal_repeat_months_check CHECK ((repeat_months > 0))
goal goal_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'finished'::text])))
goal goal_target_day_check CHECK (((target_day >= 1) AND (target_day <= 31)))
goal_contribution goal_contribution_check CHECK (((source = 'automatic'::text) = (period IS NOT NULL)))
goal_contribution goal_contribution_check1 CHECK (((source = 'automatic'::text) = (planned_amount IS NOT NULL)))
goal_contribution goal_contribution_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
goal_contribution goal_contribution_household_id_goal_id_fkey FOREIGN KEY (household_id, goal_id) REFERENCES goal(household_id, id) ON DELETE CASCADE
goal_contribution goal_contribution_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
goal_contribution goal_contribution_pkey PRIMARY KEY (household_id, id)
goal_contribution goal_contribution_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'automatic'::text, 'release'::text])))
household household_currency_check CHECK ((length(currency) = 3))
household household_pkey PRIMARY KEY (id)
household household_transaction_count_check CHECK ((transaction_count >= 0))
household_grant household_grant_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES person(id)
household_grant household_grant_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
household_grant household_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
household_grant household_grant_pkey PRIMARY KEY (household_id, id)
idempotency_key idempotency_key_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
idempotency_key idempotency_key_pkey PRIMARY KEY (household_id, person_id, key)
import_batch import_batch_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
import_batch import_batch_pkey PRIMARY KEY (household_id, id)
import_batch import_batch_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'preview'::text, 'committing'::text, 'committed'::text, 'undone'::text, 'failed'::text])))
import_file import_file_household_id_batch_id_fkey FOREIGN KEY (household_id, batch_id) REFERENCES import_batch(household_id, id)
import_file import_file_pkey PRIMARY KEY (household_id, batch_id)
import_fingerprint import_fingerprint_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
import_fingerprint import_fingerprint_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
import_fingerprint import_fingerprint_pkey PRIMARY KEY (household_id, account_id, fingerprint)
import_mapping import_mapping_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
import_mapping import_mapping_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
import_mapping import_mapping_pkey PRIMARY KEY (household_id, account_id, layout)
invitation invitation_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES person(id)
invitation invitation_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
invitation invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES person(id)
invitation invitation_pkey PRIMARY KEY (household_id, id)
invitation invitation_role_check CHECK ((role = ANY (ARRAY['editor'::text, 'viewer'::text])))
invitation invitation_token_hash_key UNIQUE (token_hash)
job job_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
job job_pkey PRIMARY KEY (id)
job job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'dead'::text])))
job_schedule job_schedule_pkey PRIMARY KEY (kind)
ledger_transaction ledger_transaction_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
ledger_transaction ledger_transaction_household_id_payee_id_fkey FOREIGN KEY (household_id, payee_id) REFERENCES payee(household_id, id)
ledger_transaction ledger_transaction_pkey PRIMARY KEY (household_id, id)
ledger_transaction ledger_transaction_state_check CHECK (((state >= 0) AND (state <= 4)))
ledger_transaction ledger_transaction_type_check CHECK ((type = ANY (ARRAY['expense'::text, 'income'::text, 'transfer'::text, 'opening'::text, 'adjustment'::text])))
member member_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
member member_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
member member_pkey PRIMARY KEY (household_id, person_id)
member member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'editor'::text, 'viewer'::text])))
notice notice_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
notice notice_mail_check CHECK ((mail = ANY (ARRAY['off'::text, 'at_once'::text, 'daily'::text, 'weekly'::text])))
notice notice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
notice notice_pkey PRIMARY KEY (person_id, id)
notice_account notice_account_person_id_notice_id_fkey FOREIGN KEY (person_id, notice_id) REFERENCES notice(person_id, id) ON DELETE CASCADE
notice_account notice_account_pkey PRIMARY KEY (person_id, notice_id, account_id)
notice_choice notice_choice_mail_check CHECK ((mail = ANY (ARRAY['off'::text, 'at_once'::text, 'daily'::text, 'weekly'::text])))
notice_choice notice_choice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
notice_choice notice_choice_pkey PRIMARY KEY (person_id, kind)
notice_look notice_look_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
notice_look notice_look_pkey PRIMARY KEY (household_id)
notice_reader notice_reader_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL)))
notice_reader notice_reader_digest_hour_check CHECK (((digest_hour >= 0) AND (digest_hour <= 23)))
notice_reader notice_reader_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
notice_reader notice_reader_pkey PRIMARY KEY (person_id)
notice_reader notice_reader_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439)))
notice_reader notice_reader_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 1439)))
notice_threshold notice_threshold_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
notice_threshold notice_threshold_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
notice_threshold notice_threshold_pkey PRIMARY KEY (person_id, household_id)
one_time_token one_time_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
one_time_token one_time_token_pkey PRIMARY KEY (hash)
page page_pkey PRIMARY KEY (kind)
page page_version_check CHECK ((version > 0))
passkey passkey_credential_id_key UNIQUE (credential_id)
passkey passkey_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
passkey passkey_pkey PRIMARY KEY (id)
payee payee_household_id_expense_category_id_fkey FOREIGN KEY (household_id, expense_category_id) REFERENCES account(household_id, id)
payee payee_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
payee payee_household_id_folded_key UNIQUE (household_id, folded)
payee payee_household_id_income_category_id_fkey FOREIGN KEY (household_id, income_category_id) REFERENCES account(household_id, id)
payee payee_pkey PRIMARY KEY (household_id, id)
payee_rollup payee_rollup_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
payee_rollup payee_rollup_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
payee_rollup payee_rollup_household_id_payee_id_fkey FOREIGN KEY (household_id, payee_id) REFERENCES payee(household_id, id)
payee_rollup payee_rollup_pkey PRIMARY KEY (household_id, month, payee_id, account_id, currency)
person person_email_folded_key UNIQUE (email_folded)
person person_pkey PRIMARY KEY (id)
person person_system_role_check CHECK ((system_role = ANY (ARRAY['user'::text, 'support'::text, 'auditor'::text, 'admin'::text])))
personal_token personal_token_hash_key UNIQUE (hash)
personal_token personal_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
personal_token personal_token_pkey PRIMARY KEY (id)
posting posting_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
posting posting_household_id_transaction_id_fkey FOREIGN KEY (household_id, transaction_id) REFERENCES ledger_transaction(household_id, id)
posting posting_pkey PRIMARY KEY (household_id, transaction_id, "position")
provider_identity provider_identity_issuer_subject_key UNIQUE (issuer, subject)
provider_identity provider_identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
provider_identity provider_identity_pkey PRIMARY KEY (id)
recurring_choice recurring_choice_check CHECK (((choice = 'accepted'::text) = (bill_id IS NOT NULL)))
recurring_choice recurring_choice_choice_check CHECK ((choice = ANY (ARRAY['dismissed'::text, 'accepted'::text])))
recurring_choice recurring_choice_household_id_account_id_fkey FOREIGN KEY (household_id, account_id) REFERENCES account(household_id, id)
recurring_choice recurring_choice_pkey PRIMARY KEY (household_id, id)
refresh_token refresh_token_pkey PRIMARY KEY (hash)
refresh_token refresh_token_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id)
rollup rollup_grain_check CHECK ((grain = ANY (ARRAY[(0)::bigint, (1)::bigint])))
rollup rollup_household_id_counter_id_fkey FOREIGN KEY (household_id, counter_id) REFERENCES account(household_id, id)
rollup rollup_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
rollup rollup_household_id_node_id_fkey FOREIGN KEY (household_id, node_id) REFERENCES account(household_id, id)
rollup rollup_pkey PRIMARY KEY (household_id, grain, period, node_id, counter_id, currency)
schema_migration schema_migration_pkey PRIMARY KEY (number)
session session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
session session_pkey PRIMARY KEY (id)
sign_in_failure sign_in_failure_pkey PRIMARY KEY (account_hash, lane)
task task_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES person(id)
task task_check CHECK (((link_kind IS NULL) = (link_id IS NULL)))
task task_check1 CHECK (((status = 'done'::text) = (done_at IS NOT NULL)))
task task_check2 CHECK (((repeat_rule IS NULL) OR ((due_on IS NOT NULL) AND (repeat_from IS NOT NULL))))
task task_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
task task_pkey PRIMARY KEY (household_id, id)
task task_priority_check CHECK (((priority >= 0) AND (priority <= 3)))
task task_status_check CHECK ((status = ANY (ARRAY['todo'::text, 'in_progress'::text, 'done'::text])))
task task_title_check CHECK (((length(title) >= 3) AND (length(title) <= 255)))
task_tag task_tag_household_id_task_id_fkey FOREIGN KEY (household_id, task_id) REFERENCES task(household_id, id) ON DELETE CASCADE
task_tag task_tag_pkey PRIMARY KEY (household_id, task_id, tag)
time_code time_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
time_code time_code_pkey PRIMARY KEY (person_id)
trail trail_pkey PRIMARY KEY (id)
trail_entry trail_entry_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'failure'::text, 'refused'::text])))
trail_entry trail_entry_pkey PRIMARY KEY (trail_id, sequence)
trail_entry trail_entry_trail_id_fkey FOREIGN KEY (trail_id) REFERENCES trail(id)
transaction_search transaction_search_pkey PRIMARY KEY (household_id, transaction_id)
transaction_tag transaction_tag_household_id_transaction_id_fkey FOREIGN KEY (household_id, transaction_id) REFERENCES ledger_transaction(household_id, id)
transaction_tag transaction_tag_pkey PRIMARY KEY (household_id, tag, transaction_id)
transfer_link transfer_link_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id)
transfer_link transfer_link_household_id_in_id_fkey FOREIGN KEY (household_id, in_id) REFERENCES ledger_transaction(household_id, id)
transfer_link transfer_link_household_id_out_id_fkey FOREIGN KEY (household_id, out_id) REFERENCES ledger_transaction(household_id, id)
transfer_link transfer_link_pkey PRIMARY KEY (household_id, out_id, in_id)
transfer_link transfer_link_state_check CHECK ((state = ANY (ARRAY['linked'::text, 'rejected'::text])))

-- index
CREATE INDEX account_hidden_formerly_person ON public.account_hidden_formerly USING btree (household_id, person_id)
CREATE UNIQUE INDEX account_hidden_formerly_pkey ON public.account_hidden_formerly USING btree (household_id, account_id, person_id)
CREATE INDEX account_parent ON public.account USING btree (household_id, parent_id)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (household_id, id)
CREATE UNIQUE INDEX account_system ON public.account USING btree (household_id, system)
CREATE UNIQUE INDEX account_visibility_member_pkey ON public.account_visibility_member USING btree (household_id, account_id, person_id)
CREATE INDEX account_visibility_person ON public.account_visibility_member USING btree (household_id, person_id)
CREATE UNIQUE INDEX account_visibility_pkey ON public.account_visibility USING btree (household_id, account_id)
CREATE INDEX audit_change_entity ON public.audit_change USING btree (household_id, entity_id, sequence)
CREATE UNIQUE INDEX audit_change_pkey ON public.audit_change USING btree (household_id, sequence, "position")
CREATE INDEX audit_entry_bulk ON public.audit_entry USING btree (household_id, sequence) WHERE (change_count > 0)
CREATE INDEX audit_entry_entity ON public.audit_entry USING btree (household_id, entity_id, sequence)
CREATE UNIQUE INDEX audit_entry_pkey ON public.audit_entry USING btree (household_id, sequence)
CREATE UNIQUE INDEX audit_entry_undoes ON public.audit_entry USING btree (household_id, undoes) WHERE (undoes IS NOT NULL)
CREATE UNIQUE INDEX audit_touch_pkey ON public.audit_touch USING btree (household_id, sequence, accounts)
CREATE UNIQUE INDEX backup_code_pkey ON public.backup_code USING btree (person_id, "position")
CREATE INDEX bill_candidate_day ON public.bill_candidate USING btree (household_id, nominal_on)
CREATE UNIQUE INDEX bill_candidate_pkey ON public.bill_candidate USING btree (household_id, bill_id, nominal_on, transaction_id)
CREATE INDEX bill_candidate_transaction ON public.bill_candidate USING btree (household_id, transaction_id)
CREATE INDEX bill_deleted ON public.bill USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL)
CREATE INDEX bill_live ON public.bill USING btree (household_id, folded_name, id) WHERE (deleted_at IS NULL)
CREATE INDEX bill_occurrence_day ON public.bill_occurrence USING btree (household_id, nominal_on)
CREATE UNIQUE INDEX bill_occurrence_pkey ON public.bill_occurrence USING btree (household_id, bill_id, nominal_on)
CREATE INDEX bill_payment_bill ON public.bill_payment USING btree (household_id, bill_id, nominal_on)
CREATE INDEX bill_payment_day ON public.bill_payment USING btree (household_id, nominal_on)
CREATE UNIQUE INDEX bill_payment_once ON public.bill_payment USING btree (household_id, bill_id, nominal_on) WHERE (kind = 'posted'::text)
CREATE UNIQUE INDEX bill_payment_pkey ON public.bill_payment USING btree (household_id, transaction_id)
CREATE UNIQUE INDEX bill_pkey ON public.bill USING btree (household_id, id)
CREATE UNIQUE INDEX budget_amount_pkey ON public.budget_amount USING btree (household_id, account_id, first_day, last_day)
CREATE UNIQUE INDEX budget_period_pkey ON public.budget_period USING btree (household_id, first_day, last_day)
CREATE UNIQUE INDEX budget_pkey ON public.budget USING btree (household_id, category_id)
CREATE UNIQUE INDEX budget_settings_pkey ON public.budget_settings USING btree (household_id)
CREATE UNIQUE INDEX calendar_feed_hash_key ON public.calendar_feed USING btree (hash)
CREATE INDEX calendar_feed_person ON public.calendar_feed USING btree (person_id, created_at)
CREATE UNIQUE INDEX calendar_feed_pkey ON public.calendar_feed USING btree (id)
CREATE UNIQUE INDEX code_failure_pkey ON public.code_failure USING btree (person_id)
CREATE UNIQUE INDEX consent_pkey ON public.consent USING btree (person_id, kind, version)
CREATE UNIQUE INDEX debt_settings_pkey ON public.debt_settings USING btree (household_id)
CREATE UNIQUE INDEX debt_terms_pkey ON public.debt_terms USING btree (household_id, account_id)
CREATE UNIQUE INDEX exchange_rate_pkey ON public.exchange_rate USING btree (household_id, currency, target, date)
CREATE INDEX goal_automatic_account ON public.goal USING btree (household_id, automatic_account_id) WHERE (automatic_account_id IS NOT NULL)
CREATE INDEX goal_automatic_category ON public.goal USING btree (household_id, automatic_category_id) WHERE (automatic_category_id IS NOT NULL)
CREATE INDEX goal_contribution_account ON public.goal_contribution USING btree (household_id, account_id)
CREATE INDEX goal_contribution_goal ON public.goal_contribution USING btree (household_id, goal_id, date, id)
CREATE UNIQUE INDEX goal_contribution_period ON public.goal_contribution USING btree (household_id, goal_id, period) WHERE (period IS NOT NULL)
CREATE INDEX goal_contribution_person ON public.goal_contribution USING btree (person_id) WHERE (person_id IS NOT NULL)
CREATE UNIQUE INDEX goal_contribution_pkey ON public.goal_contribution USING btree (household_id, id)
CREATE UNIQUE INDEX goal_pkey ON public.goal USING btree (household_id, id)
CREATE INDEX household_erased ON public.household USING btree (erased_at) WHERE ((erased_at IS NOT NULL) AND (emptied_at IS NULL))
CREATE INDEX household_grant_person ON public.household_grant USING btree (person_id, expires_at) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX household_grant_pkey ON public.household_grant USING btree (household_id, id)
CREATE UNIQUE INDEX household_pkey ON public.household USING btree (id)
CREATE INDEX idempotency_key_age ON public.idempotency_key USING btree (household_id, created_at)
CREATE UNIQUE INDEX idempotency_key_pkey ON public.idempotency_key USING btree (household_id, person_id, key)
CREATE UNIQUE INDEX import_batch_pkey ON public.import_batch USING btree (household_id, id)
CREATE UNIQUE INDEX import_file_pkey ON public.import_file USING btree (household_id, batch_id)
CREATE UNIQUE INDEX import_fingerprint_pkey ON public.import_fingerprint USING btree (household_id, account_id, fingerprint)
CREATE INDEX import_fingerprint_transaction ON public.import_fingerprint USING btree (household_id, transaction_id)
CREATE UNIQUE INDEX import_mapping_pkey ON public.import_mapping USING btree (household_id, account_id, layout)
CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (household_id, id)
CREATE UNIQUE INDEX invitation_token_hash_key ON public.invitation USING btree (token_hash)
CREATE INDEX job_due ON public.job USING btree (kind, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]))
CREATE INDEX job_ended ON public.job USING btree (ended_at) WHERE (ended_at IS NOT NULL)
CREATE UNIQUE INDEX job_pkey ON public.job USING btree (id)
CREATE UNIQUE INDEX job_schedule_pkey ON public.job_schedule USING btree (kind)
CREATE UNIQUE INDEX job_single ON public.job USING btree (kind, single) WHERE ((single IS NOT NULL) AND (state = ANY (ARRAY['waiting'::text, 'running'::text])))
CREATE INDEX ledger_transaction_date ON public.ledger_transaction USING btree (household_id, date, id)
CREATE INDEX ledger_transaction_deleted ON public.ledger_transaction USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL)
CREATE INDEX ledger_transaction_import ON public.ledger_transaction USING btree (household_id, import_id, id) WHERE (import_id IS NOT NULL)
CREATE INDEX ledger_transaction_payee ON public.ledger_transaction USING btree (household_id, payee_id, date) WHERE (payee_id IS NOT NULL)
CREATE UNIQUE INDEX ledger_transaction_pkey ON public.ledger_transaction USING btree (household_id, id)
CREATE INDEX ledger_transaction_reconciled ON public.ledger_transaction USING btree (household_id, account_id, date) WHERE (state = 4)
CREATE UNIQUE INDEX member_owner ON public.member USING btree (household_id) WHERE (role = 'owner'::text)
CREATE INDEX member_person ON public.member USING btree (person_id, joined_at)
CREATE UNIQUE INDEX member_pkey ON public.member USING btree (household_id, person_id)
CREATE UNIQUE INDEX notice_account_pkey ON public.notice_account USING btree (person_id, notice_id, account_id)
CREATE INDEX notice_age ON public.notice USING btree (told_at)
CREATE UNIQUE INDEX notice_cause ON public.notice USING btree (person_id, cause) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX notice_choice_pkey ON public.notice_choice USING btree (person_id, kind)
CREATE INDEX notice_household ON public.notice USING btree (household_id, cause) WHERE (household_id IS NOT NULL)
CREATE UNIQUE INDEX notice_look_pkey ON public.notice_look USING btree (household_id)
CREATE INDEX notice_mail ON public.notice USING btree (person_id, told_at) WHERE ((mail <> 'off'::text) AND (mailed_at IS NULL))
CREATE UNIQUE INDEX notice_pkey ON public.notice USING btree (person_id, id)
CREATE UNIQUE INDEX notice_reader_pkey ON public.notice_reader USING btree (person_id)
CREATE UNIQUE INDEX notice_threshold_pkey ON public.notice_threshold USING btree (person_id, household_id)
CREATE INDEX notice_unread ON public.notice USING btree (person_id, id) WHERE ((read_at IS NULL) AND (payload IS NOT NULL))
CREATE INDEX one_time_token_age ON public.one_time_token USING btree (expires_at)
CREATE INDEX one_time_token_person ON public.one_time_token USING btree (person_id, kind)
CREATE UNIQUE INDEX one_time_token_pkey ON public.one_time_token USING btree (hash)
CREATE UNIQUE INDEX page_pkey ON public.page USING btree (kind)
CREATE UNIQUE INDEX passkey_credential_id_key ON public.passkey USING btree (credential_id)
CREATE INDEX passkey_person ON public.passkey USING btree (person_id, created_at)
CREATE UNIQUE INDEX passkey_pkey ON public.passkey USING btree (id)
CREATE UNIQUE INDEX payee_household_id_folded_key ON public.payee USING btree (household_id, folded)
CREATE UNIQUE INDEX payee_pkey ON public.payee USING btree (household_id, id)
CREATE UNIQUE INDEX payee_rollup_pkey ON public.payee_rollup USING btree (household_id, month, payee_id, account_id, currency)
CREATE UNIQUE INDEX person_email_folded_key ON public.person USING btree (email_folded)
CREATE INDEX person_erase ON public.person USING btree (erase_at) WHERE (erase_at IS NOT NULL)
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)
CREATE UNIQUE INDEX personal_token_hash_key ON public.personal_token USING btree (hash)
CREATE INDEX personal_token_person ON public.personal_token USING btree (person_id, created_at)
CREATE UNIQUE INDEX personal_token_pkey ON public.personal_token USING btree (id)
CREATE INDEX posting_account ON public.posting USING btree (household_id, account_id, date, transaction_id)
CREATE UNIQUE INDEX posting_pkey ON public.posting USING btree (household_id, transaction_id, "position")
CREATE UNIQUE INDEX provider_identity_issuer_subject_key ON public.provider_identity USING btree (issuer, subject)
CREATE INDEX provider_identity_person ON public.provider_identity USING btree (person_id, created_at)
CREATE UNIQUE INDEX provider_identity_pkey ON public.provider_identity USING btree (id)
CREATE UNIQUE INDEX recurring_choice_pkey ON public.recurring_choice USING btree (household_id, id)
CREATE UNIQUE INDEX refresh_token_pkey ON public.refresh_token USING btree (hash)
CREATE INDEX refresh_token_session ON public.refresh_token USING btree (session_id)
CREATE INDEX rollup_node ON public.rollup USING btree (household_id, node_id, grain, period)
CREATE UNIQUE INDEX rollup_pkey ON public.rollup USING btree (household_id, grain, period, node_id, counter_id, currency)
CREATE UNIQUE INDEX schema_migration_pkey ON public.schema_migration USING btree (number)
CREATE INDEX session_person ON public.session USING btree (person_id, used_at)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id)
CREATE INDEX sign_in_failure_age ON public.sign_in_failure USING btree (window_start)
CREATE UNIQUE INDEX sign_in_failure_pkey ON public.sign_in_failure USING btree (account_hash, lane)
CREATE INDEX task_assignee ON public.task USING btree (assignee_id) WHERE (assignee_id IS NOT NULL)
CREATE UNIQUE INDEX task_cause ON public.task USING btree (household_id, cause) WHERE ((cause IS NOT NULL) AND (cause_ended_at IS NULL))
CREATE INDEX task_deleted ON public.task USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL)
CREATE INDEX task_due ON public.task USING btree (household_id, due_on) WHERE (done_at IS NULL)
CREATE INDEX task_link ON public.task USING btree (household_id, link_id) WHERE (link_id IS NOT NULL)
CREATE UNIQUE INDEX task_pkey ON public.task USING btree (household_id, id)
CREATE INDEX task_position ON public.task USING btree (household_id, "position")
CREATE INDEX task_tag_name ON public.task_tag USING btree (household_id, tag)
CREATE UNIQUE INDEX task_tag_pkey ON public.task_tag USING btree (household_id, task_id, tag)
CREATE UNIQUE INDEX time_code_pkey ON public.time_code USING btree (person_id)
CREATE UNIQUE INDEX trail_entry_pkey ON public.trail_entry USING btree (trail_id, sequence)
CREATE INDEX trail_entry_time ON public.trail_entry USING btree (at, trail_id, sequence)
CREATE UNIQUE INDEX trail_pkey ON public.trail USING btree (id)
CREATE UNIQUE INDEX transaction_search_pkey ON public.transaction_search USING btree (household_id, transaction_id)
CREATE INDEX transaction_search_words ON public.transaction_search USING gin (words)
CREATE UNIQUE INDEX transaction_tag_pkey ON public.transaction_tag USING btree (household_id, tag, transaction_id)
CREATE INDEX transaction_tag_transaction ON public.transaction_tag USING btree (household_id, transaction_id)
CREATE UNIQUE INDEX transfer_link_pkey ON public.transfer_link USING btree (household_id, out_id, in_id)

-- trigger
CREATE TRIGGER audit_change_no_delete BEFORE DELETE ON public.audit_change FOR EACH ROW EXECUTE FUNCTION martlet_refuse_unarchived_household()
CREATE TRIGGER audit_change_no_rewrite BEFORE UPDATE OF payload ON public.audit_change FOR EACH ROW WHEN ((new.payload IS NOT NULL)) EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER audit_change_no_truncate BEFORE TRUNCATE ON public.audit_change FOR EACH STATEMENT EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER audit_change_no_update BEFORE UPDATE OF household_id, sequence, "position", entity_id ON public.audit_change FOR EACH ROW EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION martlet_refuse_unarchived_household()
CREATE TRIGGER audit_entry_no_rewrite BEFORE UPDATE OF payload ON public.audit_entry FOR EACH ROW WHEN ((new.payload IS NOT NULL)) EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE OF household_id, sequence, at, actor, actor_id, action, entity, entity_id, request_id, change_count, payload_hash, hash ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER household_archived BEFORE UPDATE OF audit_archived, audit_archived_head ON public.household FOR EACH ROW EXECUTE FUNCTION martlet_guard_archive_household()
CREATE TRIGGER ledger_transaction_born_open BEFORE INSERT ON public.ledger_transaction FOR EACH ROW WHEN (new.sealed) EXECUTE FUNCTION martlet_refuse_sealed()
CREATE TRIGGER ledger_transaction_seal AFTER UPDATE ON public.ledger_transaction REFERENCING OLD TABLE AS former NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION martlet_seal_transaction()
CREATE TRIGGER posting_delete_sealed AFTER DELETE ON public.posting REFERENCING OLD TABLE AS old_posting FOR EACH STATEMENT EXECUTE FUNCTION martlet_posting_delete()
CREATE TRIGGER posting_insert_sealed AFTER INSERT ON public.posting REFERENCING NEW TABLE AS new_posting FOR EACH STATEMENT EXECUTE FUNCTION martlet_posting_insert()
CREATE TRIGGER posting_update_sealed AFTER UPDATE ON public.posting REFERENCING OLD TABLE AS old_posting NEW TABLE AS new_posting FOR EACH STATEMENT EXECUTE FUNCTION martlet_posting_update()
CREATE TRIGGER trail_archived BEFORE UPDATE OF archived, archived_head ON public.trail FOR EACH ROW EXECUTE FUNCTION martlet_guard_archive_trail()
CREATE TRIGGER trail_entry_no_delete BEFORE DELETE ON public.trail_entry FOR EACH ROW EXECUTE FUNCTION martlet_refuse_unarchived_trail()
CREATE TRIGGER trail_entry_no_rewrite BEFORE UPDATE OF payload ON public.trail_entry FOR EACH ROW WHEN ((new.payload IS NOT NULL)) EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER trail_entry_no_truncate BEFORE TRUNCATE ON public.trail_entry FOR EACH STATEMENT EXECUTE FUNCTION martlet_refuse_audit()
CREATE TRIGGER trail_entry_no_update BEFORE UPDATE OF trail_id, sequence, at, actor, actor_id, action, outcome, entity, entity_id, request_id, payload_hash, hash ON public.trail_entry FOR EACH ROW EXECUTE FUNCTION martlet_refuse_audit()

-- function
martlet_guard_archive_household
BEGIN
    IF NEW.audit_archived <= OLD.audit_archived OR NEW.audit_archived_head IS NULL
    OR NOT EXISTS (
        SELECT 1 FROM audit_entry
        WHERE household_id = NEW.id AND sequence = NEW.audit_archived AND hash = NEW.audit_archived_head
    ) THEN
        RAISE EXCEPTION 'audit.append_only';
    END IF;
    RETURN NEW;
END 
martlet_guard_archive_trail
BEGIN
    IF NEW.archived <= OLD.archived OR NEW.archived_head IS NULL
    OR NOT EXISTS (
        SELECT 1 FROM trail_entry
        WHERE trail_id = NEW.id AND sequence = NEW.archived AND hash = NEW.archived_head
    ) THEN
        RAISE EXCEPTION 'audit.append_only';
    END IF;
    RETURN NEW;
END 
martlet_posting_delete
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT household_id, transaction_id FROM old_posting) AS touched
        JOIN ledger_transaction t ON t.household_id = touched.household_id
            AND t.id = touched.transaction_id
        WHERE t.sealed
    ) THEN
        RAISE EXCEPTION 'transaction.sealed';
    END IF;
    RETURN NULL;
END 
martlet_posting_insert
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT household_id, transaction_id FROM new_posting) AS touched
        JOIN ledger_transaction t ON t.household_id = touched.household_id
            AND t.id = touched.transaction_id
        WHERE t.sealed
    ) THEN
        RAISE EXCEPTION 'transaction.sealed';
    END IF;
    RETURN NULL;
END 
martlet_posting_update
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT household_id, transaction_id FROM old_posting UNION ALL SELECT household_id, transaction_id FROM new_posting) AS touched
        JOIN ledger_transaction t ON t.household_id = touched.household_id
            AND t.id = touched.transaction_id
        WHERE t.sealed
    ) THEN
        RAISE EXCEPTION 'transaction.sealed';
    END IF;
    RETURN NULL;
END 
martlet_refuse_audit
BEGIN
    RAISE EXCEPTION 'audit.append_only';
END 
martlet_refuse_sealed
BEGIN
    RAISE EXCEPTION 'transaction.sealed';
END 
martlet_refuse_unarchived_household
BEGIN
    IF OLD.sequence > COALESCE((SELECT audit_archived FROM household WHERE id = OLD.household_id), 0) THEN
        RAISE EXCEPTION 'audit.append_only';
    END IF;
    RETURN OLD;
END 
martlet_refuse_unarchived_trail
BEGIN
    IF OLD.sequence > COALESCE((SELECT archived FROM trail WHERE id = OLD.trail_id), 0) THEN
        RAISE EXCEPTION 'audit.append_only';
    END IF;
    RETURN OLD;
END 
martlet_seal_transaction
BEGIN
    IF EXISTS (
        SELECT 1 FROM changed
        JOIN former ON former.household_id = changed.household_id
            AND former.id = changed.id
        WHERE changed.sealed AND NOT former.sealed AND (SELECT COUNT(*) < 2 OR CASE WHEN MIN(currency) = MAX(currency)
    THEN SUM(amount) <> 0
    ELSE EXISTS (
        SELECT 1 FROM posting
        WHERE household_id = changed.household_id AND transaction_id = changed.id
        GROUP BY currency HAVING SUM(amount) <> 0
    ) END
FROM posting WHERE household_id = changed.household_id AND transaction_id = changed.id)
    ) THEN
        RAISE EXCEPTION 'transaction.unbalanced';
    END IF;
    RETURN NULL;
END 

-- row security
account enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
account_hidden_formerly enabled false forced false
account_visibility enabled false forced false
account_visibility_member enabled false forced false
audit_change enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
audit_entry enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
audit_touch enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
backup_code enabled false forced false
bill enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
bill_candidate enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
bill_occurrence enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
bill_payment enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
budget enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
budget_amount enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
budget_period enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
budget_settings enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
calendar_feed enabled false forced false
code_failure enabled false forced false
consent enabled false forced false
debt_settings enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
debt_terms enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
exchange_rate enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
goal enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
goal_contribution enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
household enabled false forced false
household_grant enabled false forced false
idempotency_key enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
import_batch enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
import_file enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
import_fingerprint enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
import_mapping enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
invitation enabled false forced false
job enabled false forced false
job_schedule enabled false forced false
ledger_transaction enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
member enabled false forced false
notice enabled false forced false
notice_account enabled false forced false
notice_choice enabled false forced false
notice_look enabled false forced false
notice_reader enabled false forced false
notice_threshold enabled false forced false
one_time_token enabled false forced false
page enabled false forced false
passkey enabled false forced false
payee enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
payee_rollup enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
person enabled false forced false
personal_token enabled false forced false
posting enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
provider_identity enabled false forced false
recurring_choice enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
refresh_token enabled false forced false
rollup enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
schema_migration enabled false forced false
session enabled false forced false
sign_in_failure enabled false forced false
task enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
task_tag enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
time_code enabled false forced false
trail enabled false forced false
trail_entry enabled false forced false
transaction_search enabled false forced false
transaction_tag enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
transfer_link enabled true forced true USING (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid) CHECK (household_id = (NULLIF(current_setting('martlet.household'::text, true), ''::text))::uuid)
