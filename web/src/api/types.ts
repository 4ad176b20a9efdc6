// Generated from docs/openapi.json by scripts/api-types.mjs. Do not edit.

export interface Account {
  id: string;
  name: string;
  kind: "checking" | "savings" | "cash" | "credit_card" | "loan" | "mortgage" | "investment" | "property" | "vehicle" | "other_asset" | "other_liability";
  class: "asset" | "liability";
  currency: string;
  balance: string;
  balance_in_household_currency: string | null;
  household_currency: string;
  minimum_balance: string | null;
  opening_balance: string;
  opening_date: string | null;
  position: number;
  is_budgeted: boolean;
  budget_category_id: string | null;
  closed_at: string | null;
  deleted_at: string | null;
  transaction_count: number;
  last_transaction_date: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface AccountVisibility {
  visibility: "all" | "only" | "except";
  members: string[];
}

export interface BackupCodes {
  backup_codes: string[];
}

export interface BalanceHistory {
  account_id: string;
  currency: string;
  points: BalancePoint[];
}

export interface BalancePoint {
  date: string;
  balance: string;
}

export interface Bill {
  id: string;
  name: string;
  direction: "expense" | "income" | "transfer";
  payee: string | null;
  account_id: string | null;
  account_name: string | null;
  to_account_id: string | null;
  to_account_name: string | null;
  category_id: string | null;
  category_name: string | null;
  currency: string;
  amount_kind: "fixed" | "range" | "learned";
  amount: string | null;
  amount_low: string | null;
  amount_high: string | null;
  learn_from: number | null;
  tolerance_percent: number | null;
  expected_amount: string | null;
  start_on: string;
  end_on: string | null;
  repeat: string | null;
  repeat_words: string;
  month_end: "skip" | "last_day";
  working_days: "none" | "next" | "previous" | "nearest" | "next_in_month";
  holidays: "none" | "AT" | "BE" | "CA" | "CH" | "DE" | "ES" | "FR" | "GB" | "IE" | "IT" | "NL" | "PL" | "SE" | "US" | "TARGET2";
  days_before: number;
  days_after: number;
  allows_parts: boolean;
  auto_post: boolean;
  remind_days: number | null;
  note: string | null;
  state: "active" | "paused" | "ended";
  paused_on: string | null;
  next_on: string | null;
  next_nominal_on: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

export interface BillCandidate {
  transaction_id: string;
  date: string;
  amount: string | null;
  payee: string | null;
  account_id: string;
  score: number;
}

export interface BillOccurrence {
  bill_id: string;
  bill_name: string;
  direction: "expense" | "income" | "transfer";
  nominal_on: string;
  due_on: string;
  window_from: string;
  window_to: string;
  state: "expected" | "due" | "overdue" | "missed" | "partial" | "matched" | "posted" | "skipped";
  payee: string | null;
  account_id: string | null;
  to_account_id: string | null;
  category_id: string | null;
  currency: string;
  amount: string | null;
  amount_low: string | null;
  amount_high: string | null;
  is_changed: boolean;
  posts_itself: boolean;
  paid: string | null;
  open: string | null;
  changed_by: string | null;
  paid_on: string | null;
  days_late: number | null;
  payments: BillPayment[];
  candidates: BillCandidate[];
}

export interface BillPayment {
  transaction_id: string;
  date: string;
  amount: string | null;
  payee: string | null;
  account_id: string;
  kind: "matched" | "posted";
  is_automatic: boolean;
}

export interface Budget {
  category_id: string;
  name: string;
  rollover: "none" | "surplus" | "surplus_and_overspending";
  kind: "fixed" | "non_monthly" | "flexible";
  group: string | null;
  position: number;
  fill: BudgetFillRule | null;
  priority: number;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface BudgetCard {
  account_id: string;
  name: string;
  carried: string;
  assigned: string;
  reserved: string;
  paid: string;
  available: string;
  owed: string;
  unreserved: string;
  missing_rates: string[];
}

export interface BudgetEnvelope {
  carried: string;
  assigned: string;
  activity: string;
  refunded_to_debt: string;
  available: string;
  overspent_in_cash: string;
  overspent_on_credit: string;
  missing_rates: string[];
}

export interface BudgetFill {
  period: string;
  is_preview: boolean;
  rows: BudgetFillRow[];
  given: string;
  ready_after: string | null;
  short: string;
}

export interface BudgetFillRow {
  category_id: string;
  name: string;
  is_new: boolean;
  before: string;
  after: string;
  asked: string;
  short: string;
  rule: "fixed" | "weekly" | "share" | "average" | "median" | "copy" | "refill" | "by_date";
  periods: number | null;
  times: number | null;
}

export interface BudgetFillRule {
  rule: "fixed" | "weekly" | "share" | "average" | "median" | "copy" | "refill" | "by_date";
  amount: string | null;
  weekday: string | null;
  date: string | null;
  basis_points: number | null;
  periods: number | null;
}

export interface BudgetFlex {
  income: BudgetFlexPart;
  fixed: BudgetFlexPart;
  non_monthly: BudgetFlexPart;
  flexible: BudgetFlexPart;
  unplanned: string;
}

export interface BudgetFlexPart {
  carried: string;
  limit: string;
  spent: string;
  remaining: string;
  progress: string | null;
  missing_rates: string[];
}

export interface BudgetLimit {
  carried: string;
  limit: string;
  spent: string;
  remaining: string;
  progress: string | null;
  pace: BudgetPace;
  missing_rates: string[];
}

export interface BudgetLine {
  category_id: string;
  name: string;
  parent_id: string | null;
  is_income: boolean;
  budget: Budget | null;
  limit: BudgetLimit | null;
  envelope: BudgetEnvelope | null;
  total_limit: BudgetLimit | null;
  total_envelope: BudgetEnvelope | null;
}

export interface BudgetPace {
  gone: string;
  expected: string;
  ahead: string;
  per_day: string | null;
}

export interface BudgetPeriod {
  name: string;
  from: string;
  to: string;
  previous: string | null;
  next: string | null;
  days: number;
  days_gone: number;
  is_locked: boolean;
  can_plan: boolean;
  plan_refusal: string | null;
  view: "tracking" | "envelope" | "flex";
  currency: string;
  totals: BudgetTotals;
  spending: BudgetLimit;
  flex: BudgetFlex;
  lines: BudgetLine[];
  cards: BudgetCard[];
}

export interface BudgetProgress {
  category_id: string;
  category: string;
  is_income: boolean;
  carried: string;
  limit: string;
  spent: string;
  remaining: string;
  progress: string | null;
  pace: BudgetPace;
  missing_rates: string[];
}

export interface BudgetSettings {
  view: "tracking" | "envelope" | "flex";
  period: "week" | "month" | "quarter" | "year";
  month_start: number | null;
  holidays: "none" | "AT" | "BE" | "CA" | "CH" | "DE" | "ES" | "FR" | "GB" | "IE" | "IT" | "NL" | "PL" | "SE" | "US" | "TARGET2";
  version: number;
  updated_at: string | null;
}

export interface BudgetTotals {
  ready_before: string;
  held_before: string;
  income: string;
  given_back: string;
  overspent: string;
  assigned: string;
  held: string;
  ready: string;
  cash: string;
  missing_rates: string[];
}

export interface BulkResult {
  affected: number;
}

export interface CalendarAccount {
  account_id: string;
  name: string;
  currency: string;
  in_total: boolean;
  minimum_balance: string | null;
  floor: string | null;
  balance_start: string;
  balance_end: string;
  lowest: string;
  lowest_on: string;
  short_on: string | null;
  balances: string[];
}

export interface CalendarDay {
  date: string;
  money_in: string;
  money_out: string;
  expected_in: string;
  expected_out: string;
  balance: string;
  is_expected: boolean;
  occurrences: CalendarOccurrence[];
}

export interface CalendarFeed {
  id: string;
  name: string;
  includes: ("bills" | "tasks")[];
  hint: string;
  created_at: string;
  used_at: string | null;
}

export interface CalendarMonth {
  month: string;
  first_day: string;
  last_day: string;
  today: string;
  currency: string;
  unconverted: string[];
  money_in: string;
  money_out: string;
  expected_in: string;
  expected_out: string;
  balance_start: string;
  balance_end: string;
  short_on: string | null;
  days: CalendarDay[];
  accounts: CalendarAccount[];
}

export interface CalendarOccurrence {
  bill_id: string;
  name: string;
  direction: "expense" | "income" | "transfer";
  date: string;
  nominal_date: string;
  account_id: string | null;
  to_account_id: string | null;
  category_id: string | null;
  currency: string;
  amount: string | null;
  state: "expected" | "due" | "overdue" | "missed" | "partial" | "matched" | "posted" | "skipped";
  is_counted: boolean;
  counted_on: string | null;
}

export interface Category {
  id: string;
  name: string;
  kind: "income" | "expense";
  parent_id: string | null;
  system: string | null;
  position: number;
  transaction_count: number;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface CategoryTotal {
  category_id: string;
  name: string;
  parent_id: string | null;
  amount: string;
  own_amount: string;
  previous_amount: string;
  share: string | null;
  count: number;
  children: CategoryTotal[];
}

export interface Consent {
  kind: "privacy" | "terms";
  version: number;
  accepted_at: string;
}

export interface Currency {
  code: string;
  name: string;
  minor_digits: number;
}

export interface Dashboard {
  period: "week" | "month" | "quarter" | "year" | "custom";
  from: string;
  to: string;
  currency: string;
  income: string;
  expenses: string;
  savings: string;
  savings_rate: string | null;
  unconverted: string[];
  previous: PreviousPeriod;
  spending_by_category: CategoryTotal[];
  income_by_category: CategoryTotal[];
  by_month: MonthTotals[];
  top_payees: PayeeTotal[];
  transaction_count: number;
}

export interface Debt {
  account_id: string;
  name: string;
  kind: "checking" | "savings" | "cash" | "credit_card" | "loan" | "mortgage" | "investment" | "property" | "vehicle" | "other_asset" | "other_liability";
  currency: string;
  balance: string;
  owed: string;
  terms: DebtTerms | null;
}

export interface DebtCourse {
  end: "free" | "never" | "too_long" | "nothing_owed";
  month: string | null;
  months: number;
  interest: string;
  stuck: string[];
}

export interface DebtPlan {
  currency: string;
  strategy: "avalanche" | "snowball" | "own";
  extra_amount: string;
  from: string;
  owed: string;
  monthly_payment: string;
  plan: DebtCourse;
  minimums_only: DebtCourse;
  interest_saved: string | null;
  months_saved: number | null;
  debts: DebtPlanLine[];
  months: DebtPlanMonth[];
  without_terms: string[];
  missing_rates: string[];
}

export interface DebtPlanLine {
  account_id: string;
  name: string;
  owed: string;
  yearly_rate: string;
  is_covered: boolean;
  interest: string;
  free_month: string | null;
  minimums_free_month: string | null;
  rows: DebtPlanRow[];
}

export interface DebtPlanMonth {
  month: string;
  interest: string;
  payment: string;
  principal: string;
  balance: string;
  minimums_balance: string | null;
}

export interface DebtPlanRow {
  month: string;
  interest: string;
  payment: string;
  principal: string;
  balance: string;
}

export interface DebtSettings {
  strategy: "avalanche" | "snowball" | "own";
  extra_amount: string;
  currency: string;
  order: string[];
  version: number;
  updated_at: string | null;
}

export interface DebtTerms {
  yearly_rate: string;
  minimum_kind: "fixed" | "share";
  minimum_amount: string;
  minimum_share: string | null;
  monthly_interest: string;
  minimum_payment: string;
  is_covered: boolean;
  position: number;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface DemoResult {
  transactions: number;
}

export interface Factors {
  password: boolean;
  totp: TimeCode;
  backup_codes_left: number;
  passkeys: Passkey[];
  identities: Identity[];
}

export interface Failure {
  error: {
    code: string;
    message: string;
    details: unknown;
  };
  timestamp: string;
  request_id: string;
}

export interface Goal {
  id: string;
  name: string;
  kind: "purchase" | "emergency_fund" | "sinking_fund" | "saving";
  state: "active" | "paused" | "finished";
  currency: string;
  position: number;
  note: string | null;
  target_amount: string | null;
  target: string | null;
  target_date: string | null;
  start_date: string;
  repeat_months: number | null;
  months_of_spending: number | null;
  average_months: number | null;
  average_spending: string | null;
  missing_rates: string[];
  saved: string;
  remaining: string | null;
  progress: string | null;
  is_reached: boolean;
  reached_at: string | null;
  pace: "on_track" | "behind" | "ahead" | "reached" | "open" | "paused" | "finished";
  planned_by_now: string | null;
  behind_by: string | null;
  months_left: number | null;
  suggested_amount: string | null;
  due_this_month: string | null;
  projected_month: string | null;
  automatic: GoalAutomatic | null;
  accounts: GoalPlace[];
  released: string;
  finished_at: string | null;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface GoalAccount {
  account_id: string;
  name: string;
  kind: "checking" | "savings" | "cash" | "credit_card" | "loan" | "mortgage" | "investment" | "property" | "vehicle" | "other_asset" | "other_liability";
  currency: string;
  balance: string;
  earmarked: string;
  free: string;
  is_overcommitted: boolean;
  over_by: string;
}

export interface GoalAutomatic {
  rule: "fixed" | "budget";
  account_id: string;
  amount: string | null;
  day: number | null;
  category_id: string | null;
  through: string;
}

export interface GoalContribution {
  id: string;
  goal_id: string;
  account_id: string;
  account_name: string;
  amount: string;
  currency: string;
  date: string;
  source: "manual" | "automatic" | "release";
  planned_amount: string | null;
  note: string | null;
  person_id: string | null;
  person_name: string | null;
  created_at: string;
}

export interface GoalPath {
  goal_id: string;
  currency: string;
  target: string | null;
  months: GoalPathMonth[];
}

export interface GoalPathMonth {
  month: string;
  planned: string | null;
  actual: string | null;
  contributed: string | null;
  projected: string | null;
}

export interface GoalPlace {
  account_id: string;
  name: string;
  amount: string;
  is_overcommitted: boolean;
}

export interface GoalSummary {
  currency: string;
  saved: string;
  target: string;
  remaining: string;
  due_this_month: string;
  missing_rates: string[];
  active: number;
  paused: number;
  finished: number;
  accounts: GoalAccount[];
}

export interface Grant {
  id: string;
  person: GrantedPerson;
  reason: string;
  created_at: string;
  expires_at: string;
}

export interface GrantedHousehold {
  household: Household;
  expires_at: string;
}

export interface GrantedPerson {
  id: string;
  name: string;
  email: string;
}

export interface HalfLogin {
  token: string;
  methods: string[];
  expires_in: number;
}

export interface Household {
  id: string;
  name: string;
  currency: string;
  week_start: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  role: "owner" | "editor" | "viewer";
  version: number;
  created_at: string;
  is_default: boolean;
}

export interface Identity {
  id: string;
  provider: string;
  name: string;
  email: string | null;
  created_at: string;
}

export interface Import {
  id: string;
  account_id: string | null;
  file_name: string;
  format: string | null;
  encoding: string | null;
  state: "reading" | "preview" | "committing" | "committed" | "undone" | "failed";
  progress: ImportProgress;
  rows: number;
  new: number;
  duplicates: number;
  problems: number;
  skipped: number;
  period: ImportPeriod | null;
  totals: ImportTotals | null;
  mapping: ImportMapping | null;
  questions: ImportQuestion[];
  statements: ImportStatement[];
  transfers_linked: number;
  error: string | null;
  committed_at: string | null;
  undone_at: string | null;
  created_at: string;
  version: number;
}

export interface ImportColumn {
  index: number;
  header: string | null;
  role: "date" | "value_date" | "amount" | "debit" | "credit" | "direction" | "fee" | "currency" | "payee" | "payer" | "text" | "bank_id" | "balance" | "category" | "status" | "account" | "ignore";
  samples: string[];
}

export interface ImportMapping {
  delimiter: string;
  encoding: string;
  header_row: number | null;
  first_row: number;
  columns: ImportColumn[];
  date_order: "dmy" | "mdy" | "ymd";
  decimal: "." | ",";
  negate: boolean;
}

export interface ImportPeriod {
  from: string;
  to: string;
}

export interface ImportProgress {
  done: number;
  total: number;
}

export interface ImportQuestion {
  code: string;
  message: string;
  choices: string[];
}

export interface ImportRow {
  number: number;
  line: number;
  statement: number;
  state: "new" | "duplicate" | "problem" | "skipped";
  reason: string | null;
  reason_code: string | null;
  raw: string;
  date: string | null;
  amount: string | null;
  currency: string | null;
  payee: string | null;
  bank_text: string | null;
  bank_id: string | null;
  category_id: string | null;
  category_name: string | null;
  included: boolean;
  duplicate_of: string | null;
}

export interface ImportStatement {
  index: number;
  bank_account: string | null;
  kind: string | null;
  currency: string | null;
  rows: number;
  account_id: string | null;
  ledger_balance: string | null;
  ledger_balance_date: string | null;
  our_balance_after: string | null;
}

export interface ImportTotals {
  income: string;
  expenses: string;
  net: string;
  currency: string;
}

export interface Invitation {
  id: string;
  email: string | null;
  role: "owner" | "editor" | "viewer";
  invited_by: string;
  created_at: string;
  expires_at: string;
}

export interface Job {
  id: string;
  kind: string;
  topic: string;
  household_id: string | null;
  state: "waiting" | "running" | "done" | "dead";
  created_at: string;
  due_at: string | null;
  attempts: number;
  progress: JobProgress;
  ended_at: string | null;
  error: string | null;
}

export interface JobProgress {
  done: number;
  total: number;
}

export interface LargeAmount {
  household_id: string;
  household_name: string;
  currency: string;
  amount: string;
}

export interface Me {
  user: User;
  household: Household;
  households: Household[];
  grants: GrantedHousehold[];
  permissions: string[];
}

export interface Member {
  person_id: string;
  name: string;
  email: string;
  role: "owner" | "editor" | "viewer";
  joined_at: string;
  is_you: boolean;
}

export interface MonthTotals {
  month: string;
  income: string;
  expenses: string;
  savings: string;
}

export interface NetWorth {
  currency: string;
  unconverted: string[];
  points: NetWorthPoint[];
}

export interface NetWorthPoint {
  date: string;
  assets: string;
  liabilities: string;
  net_worth: string;
}

export interface NewCalendarFeed {
  id: string;
  name: string;
  includes: ("bills" | "tasks")[];
  hint: string;
  created_at: string;
  used_at: string | null;
  address: string;
}

export interface NewInvitation {
  id: string;
  email: string | null;
  role: "owner" | "editor" | "viewer";
  invited_by: string;
  created_at: string;
  expires_at: string;
  link: string;
}

export interface NewPasskeyChallenge {
  challenge_id: string;
  options: PasskeyCreationOptions;
}

export interface NewPersonalToken {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  expires_at: string | null;
  created_at: string;
  used_at: string | null;
  token: string;
}

export interface Notice {
  id: string;
  kind: "budget_warning" | "budget_spent" | "bill_due" | "bill_missed" | "price_rise" | "low_balance_ahead" | "large_transaction" | "unusual_transaction" | "goal_reached" | "import_finished" | "new_device" | "backup_failed" | "task_assigned" | "task_due";
  household_id: string | null;
  household_name: string | null;
  at: string;
  read_at: string | null;
  text: string;
  link: string | null;
  details: NoticeDetails;
}

export interface NoticeChoice {
  kind: "budget_warning" | "budget_spent" | "bill_due" | "bill_missed" | "price_rise" | "low_balance_ahead" | "large_transaction" | "unusual_transaction" | "goal_reached" | "import_finished" | "new_device" | "backup_failed" | "task_assigned" | "task_due";
  in_app: boolean;
  mail: "off" | "at_once" | "daily" | "weekly";
  mail_choices: ("off" | "at_once" | "daily" | "weekly")[];
}

export interface NoticeDetails {
  account_id: string | null;
  category_id: string | null;
  transaction_id: string | null;
  task_id: string | null;
  import_id: string | null;
  name: string | null;
  payee: string | null;
  currency: string | null;
  amount: string | null;
  limit: string | null;
  percent: number | null;
  period: string | null;
  date: string | null;
  count: number | null;
  device: string | null;
  address: string | null;
}

export interface NoticeMail {
  address: string;
  is_verified: boolean;
  is_set_up: boolean;
}

export interface NoticePreferences {
  kinds: NoticeChoice[];
  quiet_from: string | null;
  quiet_to: string | null;
  digest_hour: number;
  digest_weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  budget_warning_percent: number;
  budget_spent_percent: number;
  large_amounts: LargeAmount[];
  time_zone: string;
  mail: NoticeMail;
  version: number;
  updated_at: string | null;
}

export interface OpenSession {
  id: string;
  device: string;
  first_address: string;
  address: string;
  created_at: string;
  used_at: string;
  is_current: boolean;
}

export interface OwnEvent {
  id: string;
  at: string;
  action: string;
  outcome: "success" | "failure" | "refused";
  actor: string;
  is_own: boolean;
  address: string | null;
  device: string | null;
  details: unknown;
}

export interface Page {
  kind: "privacy" | "terms";
  title: string;
  text: string;
  version: number;
  updated_at: string | null;
}

export interface Pagination {
  page: number | null;
  per_page: number;
  total: number | null;
  total_pages: number | null;
  next_cursor: string | null;
}

export interface PaidBill {
  bill_id: string;
  bill_name: string;
  nominal_on: string;
  kind: "matched" | "posted";
}

export interface Passkey {
  id: string;
  name: string;
  created_at: string;
  used_at: string | null;
  is_backed_up: boolean;
}

export interface PasskeyAlgorithm {
  type: "public-key";
  alg: number;
}

export interface PasskeyChallenge {
  challenge_id: string;
  options: PasskeyRequestOptions;
}

export interface PasskeyCreationOptions {
  rp: PasskeyParty;
  user: PasskeyUser;
  challenge: string;
  pubKeyCredParams: PasskeyAlgorithm[];
  timeout: number;
  excludeCredentials: PasskeyDescriptor[];
  authenticatorSelection: PasskeySelection;
  attestation: string;
}

export interface PasskeyDescriptor {
  type: "public-key";
  id: string;
}

export interface PasskeyParty {
  id: string;
  name: string;
}

export interface PasskeyRequestOptions {
  challenge: string;
  rpId: string;
  timeout: number;
  allowCredentials: PasskeyDescriptor[];
  userVerification: string;
}

export interface PasskeySelection {
  residentKey: string;
  requireResidentKey: boolean;
  userVerification: string;
}

export interface PasskeyUser {
  id: string;
  name: string;
  displayName: string;
}

export interface PatchAccountsIdRequest {
  name?: string;
  kind?: "checking" | "savings" | "cash" | "credit_card" | "loan" | "mortgage" | "investment" | "property" | "vehicle" | "other_asset" | "other_liability";
  opening_balance?: string | number;
  opening_date?: string;
  minimum_balance?: string | number | null;
  closed_at?: string | null;
  is_budgeted?: boolean;
  budget_category_id?: string | null;
}

export interface PatchAdminUsersIdRequest {
  system_role?: "user" | "support" | "auditor" | "admin";
  is_disabled?: boolean;
}

export interface PatchAuthMeRequest {
  name?: string;
  time_zone?: string;
  locale?: string;
}

export interface PatchBillsIdOccurrencesDateRequest {
  due_on?: string | null;
  amount?: string | number | null;
}

export interface PatchBillsIdRequest {
  name?: string;
  direction?: "expense" | "income" | "transfer";
  start_on?: string;
  payee?: string | null;
  account_id?: string | null;
  to_account_id?: string | null;
  category_id?: string | null;
  currency?: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG";
  amount_kind?: "fixed" | "range" | "learned";
  amount?: string | number | null;
  amount_low?: string | number | null;
  amount_high?: string | number | null;
  learn_from?: number | null;
  tolerance_percent?: number | null;
  end_on?: string | null;
  repeat?: string | null;
  month_end?: "skip" | "last_day";
  working_days?: "none" | "next" | "previous" | "nearest" | "next_in_month";
  holidays?: "none" | "AT" | "BE" | "CA" | "CH" | "DE" | "ES" | "FR" | "GB" | "IE" | "IT" | "NL" | "PL" | "SE" | "US" | "TARGET2";
  days_before?: number;
  days_after?: number;
  allows_parts?: boolean;
  auto_post?: boolean;
  remind_days?: number | null;
  note?: string | null;
}

export interface PatchBudgetsCategoriesIdRequest {
  rollover?: "none" | "surplus" | "surplus_and_overspending";
  kind?: "fixed" | "non_monthly" | "flexible";
  group?: string | null;
  position?: number;
  fill?: {
    rule: "fixed" | "weekly" | "share" | "average" | "median" | "copy" | "refill" | "by_date";
    amount?: string | number | null;
    weekday?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | null;
    date?: string | null;
    basis_points?: number | null;
    periods?: number | null;
  } | null;
  priority?: number;
}

export interface PatchBudgetsSettingsRequest {
  view?: "tracking" | "envelope" | "flex";
  period?: "week" | "month" | "quarter" | "year";
  month_start?: number | null;
  holidays?: "none" | "AT" | "BE" | "CA" | "CH" | "DE" | "ES" | "FR" | "GB" | "IE" | "IT" | "NL" | "PL" | "SE" | "US" | "TARGET2";
}

export interface PatchCategoriesIdRequest {
  name?: string;
  parent_id?: string | null;
  position?: number;
}

export interface PatchDebtsSettingsRequest {
  strategy?: "avalanche" | "snowball" | "own";
  extra_amount?: string | number;
  order?: string[];
}

export interface PatchFactorsPasskeysIdRequest {
  name: string;
}

export interface PatchGoalsIdRequest {
  name?: string;
  note?: string | null;
  target_amount?: string | number | null;
  target_date?: string | null;
  start_date?: string;
  repeat_months?: number | null;
  months_of_spending?: number | null;
  average_months?: number | null;
  automatic?: {
    rule: "fixed" | "budget";
    account_id: string;
    amount?: string | number | null;
    day?: number | null;
    category_id?: string | null;
  } | null;
}

export interface PatchHouseholdMembersPersonIdRequest {
  role: "editor" | "viewer";
}

export interface PatchHouseholdRequest {
  name?: string;
  week_start?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
}

export interface PatchImportsIdRequest {
  account_id?: string;
  statement_accounts?: {
    index: number;
    account_id: string;
  }[];
  mapping?: {
    delimiter?: "," | ";" | "\t" | "|";
    encoding?: "utf-8" | "utf-8-sig" | "utf-16le" | "utf-16be" | "windows-1252" | "iso-8859-1" | "iso-8859-15" | "windows-1250";
    header_row?: number | null;
    first_row?: number;
    columns?: {
      index: number;
      role: "date" | "value_date" | "amount" | "debit" | "credit" | "direction" | "fee" | "currency" | "payee" | "payer" | "text" | "bank_id" | "balance" | "category" | "status" | "account" | "ignore";
    }[];
    date_order?: "dmy" | "mdy" | "ymd";
    decimal?: "." | ",";
    negate?: boolean;
  };
  rows?: {
    number: number;
    included?: boolean;
    category_id?: string | null;
    payee?: string | null;
  }[];
  categorise?: {
    payee: string;
    category_id: string;
  }[];
}

export interface PatchTasksIdRequest {
  title?: string;
  description?: string | null;
  status?: "todo" | "in_progress" | "done";
  priority?: "low" | "medium" | "high" | "urgent";
  due_on?: string | null;
  repeat?: string | null;
  repeat_from?: string | null;
  assignee_id?: string | null;
  link_kind?: "account" | "category" | "transaction" | "bill" | "goal" | "import" | null;
  link_id?: string | null;
  tags?: string[];
  position?: number;
}

export interface PatchTransactionsIdRequest {
  type?: "expense" | "income" | "transfer";
  account_id?: string;
  to_account_id?: string;
  amount?: string | number;
  to_amount?: string | number | null;
  category_id?: string | null;
  splits?: {
    category_id?: string | null;
    amount: string | number;
    memo?: string | null;
  }[];
  postings?: {
    account_id: string;
    amount: string | number;
    currency?: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG" | null;
    memo?: string | null;
  }[];
  payee?: string | null;
  note?: string | null;
  tags?: string[];
  date?: string;
  state?: "expected" | "pending" | "posted" | "cleared" | "reconciled";
}

export interface Payee {
  id: string;
  name: string;
  last_category_id: string | null;
  transaction_count: number;
}

export interface PayeeTotal {
  payee_id: string;
  payee: string;
  amount: string;
  count: number;
}

export interface PendingInvitation {
  household_name: string;
  invited_by: string;
  role: "owner" | "editor" | "viewer";
  email: string | null;
}

export interface PersonalToken {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  expires_at: string | null;
  created_at: string;
  used_at: string | null;
}

export interface PlannedDeletion {
  erases_at: string;
}

export interface PostAccountsRequest {
  name: string;
  kind: "checking" | "savings" | "cash" | "credit_card" | "loan" | "mortgage" | "investment" | "property" | "vehicle" | "other_asset" | "other_liability";
  currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG";
  opening_balance?: string | number | null;
  opening_date?: string | null;
  minimum_balance?: string | number | null;
  is_budgeted?: boolean | null;
  visibility?: "all" | "only" | "except" | null;
  members?: string[] | null;
}

export interface PostAuthChangeEmailRequest {
  email: string;
}

export interface PostAuthChangePasswordRequest {
  current_password: string;
  new_password: string;
}

export interface PostAuthLoginRequest {
  email: string;
  password: string;
}

export interface PostAuthLogoutRequest {
  refresh_token?: string | null;
}

export interface PostAuthOidcFinishRequest {
  state: string;
  code: string;
  iss?: string | null;
  invitation?: string | null;
  privacy_version?: number | null;
  terms_version?: number | null;
}

export interface PostAuthOidcProviderStartRequest {
  link?: boolean | null;
}

export interface PostAuthPasskeyRequest {
  challenge_id: string;
  credential: {
    id: string;
    rawId: string;
    type: "public-key";
    response: {
      clientDataJSON: string;
      authenticatorData: string;
      signature: string;
    };
  };
}

export interface PostAuthProveRequest {
  password?: string | null;
  code?: string | null;
  passkey?: {
    challenge_id: string;
    credential: {
      id: string;
      rawId: string;
      type: "public-key";
      response: {
        clientDataJSON: string;
        authenticatorData: string;
        signature: string;
      };
    };
  } | null;
}

export interface PostAuthRefreshRequest {
  refresh_token?: string | null;
}

export interface PostAuthRegisterRequest {
  email: string;
  password: string;
  name: string;
  time_zone?: string | null;
  currency?: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG" | null;
  locale?: string | null;
  week_start?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | null;
  invitation?: string | null;
  privacy_version?: number | null;
  terms_version?: number | null;
}

export interface PostAuthRequestPasswordResetRequest {
  email: string;
}

export interface PostAuthResetPasswordRequest {
  token: string;
  new_password: string;
}

export interface PostAuthSecondFactorPasskeyRequest {
  token: string;
}

export interface PostAuthSecondFactorRequest {
  token: string;
  code?: string | null;
  backup_code?: string | null;
  passkey?: {
    challenge_id: string;
    credential: {
      id: string;
      rawId: string;
      type: "public-key";
      response: {
        clientDataJSON: string;
        authenticatorData: string;
        signature: string;
      };
    };
  } | null;
}

export interface PostAuthVerifyEmailRequest {
  token: string;
}

export interface PostBillsIdOccurrencesDateMatchRequest {
  transaction_id: string;
}

export interface PostBillsIdOccurrencesDatePostRequest {
  date?: string | null;
  amount?: string | number | null;
  account_id?: string | null;
  state?: "pending" | "posted" | "cleared" | null;
}

export interface PostBillsIdOccurrencesDateRejectRequest {
  transaction_id: string;
}

export interface PostBillsIdOccurrencesDateUnmatchRequest {
  transaction_id: string;
}

export interface PostBillsRequest {
  name: string;
  direction: "expense" | "income" | "transfer";
  start_on: string;
  payee?: string | null;
  account_id?: string | null;
  to_account_id?: string | null;
  category_id?: string | null;
  currency?: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG";
  amount_kind?: "fixed" | "range" | "learned";
  amount?: string | number | null;
  amount_low?: string | number | null;
  amount_high?: string | number | null;
  learn_from?: number | null;
  tolerance_percent?: number | null;
  end_on?: string | null;
  repeat?: string | null;
  month_end?: "skip" | "last_day";
  working_days?: "none" | "next" | "previous" | "nearest" | "next_in_month";
  holidays?: "none" | "AT" | "BE" | "CA" | "CH" | "DE" | "ES" | "FR" | "GB" | "IE" | "IT" | "NL" | "PL" | "SE" | "US" | "TARGET2";
  days_before?: number;
  days_after?: number;
  allows_parts?: boolean;
  auto_post?: boolean;
  remind_days?: number | null;
  note?: string | null;
}

export interface PostBudgetsMonthCoverRequest {
  category_id: string;
  from_id?: string | null;
}

export interface PostBudgetsMonthFillRequest {
  preview?: boolean | null;
  rule?: {
    rule: "fixed" | "weekly" | "share" | "average" | "median" | "copy" | "refill" | "by_date";
    amount?: string | number | null;
    weekday?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | null;
    date?: string | null;
    basis_points?: number | null;
    periods?: number | null;
  } | null;
  category_ids?: string[] | null;
  new_budgets?: boolean | null;
}

export interface PostBudgetsMonthFlexibleRequest {
  amount: string | number;
}

export interface PostBudgetsMonthHoldRequest {
  amount: string | number;
}

export interface PostBudgetsMonthMoveRequest {
  from_id?: string | null;
  to_id?: string | null;
  amount: string | number;
}

export interface PostBudgetsRequest {
  category_id: string;
  rollover?: "none" | "surplus" | "surplus_and_overspending";
  kind?: "fixed" | "non_monthly" | "flexible";
  group?: string | null;
  position?: number;
  fill?: {
    rule: "fixed" | "weekly" | "share" | "average" | "median" | "copy" | "refill" | "by_date";
    amount?: string | number | null;
    weekday?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | null;
    date?: string | null;
    basis_points?: number | null;
    periods?: number | null;
  } | null;
  priority?: number;
}

export interface PostCalendarFeedsRequest {
  name: string;
  includes: ("bills" | "tasks")[];
}

export interface PostCategoriesRequest {
  name: string;
  kind: "income" | "expense";
  parent_id?: string | null;
}

export interface PostDemoRequest {
  transactions?: number | null;
}

export interface PostFactorsPasskeysRequest {
  challenge_id: string;
  name: string;
  credential: {
    id: string;
    rawId: string;
    type: "public-key";
    response: {
      clientDataJSON: string;
      attestationObject: string;
    };
  };
}

export interface PostFactorsTotpConfirmRequest {
  code: string;
}

export interface PostGoalsIdContributionsRequest {
  account_id: string;
  amount: string | number;
  date?: string | null;
  note?: string | null;
  allow_overcommitted?: boolean | null;
}

export interface PostGoalsIdFinishRequest {
  earmarks: "release" | "keep";
  again?: boolean | null;
}

export interface PostGoalsIdRestoreRequest {
  allow_overcommitted?: boolean | null;
}

export interface PostGoalsRequest {
  name: string;
  kind: "purchase" | "emergency_fund" | "sinking_fund" | "saving";
  currency?: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG" | null;
  note?: string | null;
  target_amount?: string | number | null;
  target_date?: string | null;
  start_date?: string;
  repeat_months?: number | null;
  months_of_spending?: number | null;
  average_months?: number | null;
  automatic?: {
    rule: "fixed" | "budget";
    account_id: string;
    amount?: string | number | null;
    day?: number | null;
    category_id?: string | null;
  } | null;
}

export interface PostHouseholdGrantsRequest {
  email: string;
  hours: number;
  reason: string;
}

export interface PostHouseholdInvitationsRequest {
  email?: string | null;
  role: "editor" | "viewer";
}

export interface PostHouseholdOwnershipRequest {
  person_id: string;
}

export interface PostHouseholdsRequest {
  name: string;
  currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG";
  week_start?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | null;
}

export interface PostInvitationsAcceptRequest {
  token: string;
}

export interface PostInvitationsLookRequest {
  token: string;
}

export interface PostMeConsentsRequest {
  kind: "privacy" | "terms";
  version: number;
}

export interface PostNoticesReadRequest {
  up_to?: string | null;
  household_id?: string | null;
}

export interface PostRecurringKeyAcceptRequest {
  name?: string | null;
  category_id?: string | null;
  auto_post?: boolean | null;
  remind_days?: number | null;
}

export interface PostTasksBulkRequest {
  action: "patch" | "delete" | "restore";
  ids: string[];
  patch?: {
    status?: "todo" | "in_progress" | "done";
    priority?: "low" | "medium" | "high" | "urgent";
    due_on?: string | null;
    assignee_id?: string | null;
    tags?: string[];
    add_tags?: string[];
    remove_tags?: string[];
  } | null;
}

export interface PostTasksRequest {
  title: string;
  description?: string | null;
  status?: "todo" | "in_progress" | "done" | null;
  priority?: "low" | "medium" | "high" | "urgent" | null;
  due_on?: string | null;
  repeat?: string | null;
  repeat_from?: string | null;
  assignee_id?: string | null;
  link_kind?: "account" | "category" | "transaction" | "bill" | "goal" | "import" | null;
  link_id?: string | null;
  tags?: string[] | null;
}

export interface PostTokensRequest {
  name: string;
  scopes: string[];
  expires_at?: string | null;
}

export interface PostTransactionsBulkRequest {
  action: "patch" | "delete" | "restore";
  ids?: string[] | null;
  filter?: {
    account_id?: string | null;
    category_id?: string | null;
    type?: "expense" | "income" | "transfer" | "opening" | "adjustment" | null;
    state?: "expected" | "pending" | "posted" | "cleared" | "reconciled" | null;
    tag?: string | null;
    from?: string | null;
    to?: string | null;
    min_amount?: string | number | null;
    max_amount?: string | number | null;
    q?: string | null;
    include_deleted?: boolean | null;
  } | null;
  patch?: {
    category_id?: string;
    payee?: string | null;
    note?: string | null;
    tags?: string[];
    add_tags?: string[];
    date?: string;
    state?: "expected" | "pending" | "posted" | "cleared" | "reconciled";
  } | null;
}

export interface PostTransactionsRequest {
  type?: "expense" | "income" | "transfer" | null;
  account_id?: string | null;
  to_account_id?: string | null;
  amount?: string | number | null;
  to_amount?: string | number | null;
  category_id?: string | null;
  splits?: {
    category_id?: string | null;
    amount: string | number;
    memo?: string | null;
  }[] | null;
  postings?: {
    account_id: string;
    amount: string | number;
    currency?: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XAG" | "XAU" | "XBA" | "XBB" | "XBC" | "XBD" | "XCD" | "XCG" | "XDR" | "XOF" | "XPD" | "XPF" | "XPT" | "XSU" | "XTS" | "XUA" | "XXX" | "YER" | "ZAR" | "ZMW" | "ZWG" | null;
    memo?: string | null;
  }[] | null;
  payee?: string | null;
  note?: string | null;
  tags?: string[] | null;
  date: string;
  state?: "expected" | "pending" | "posted" | "cleared" | "reconciled" | null;
}

export interface PostTransfersLinkRequest {
  out_id: string;
  in_id: string;
}

export interface PostTransfersRejectRequest {
  out_id: string;
  in_id: string;
}

export interface PostTransfersUnlinkRequest {
  transaction_id: string;
}

export interface Posting {
  account_id: string;
  account_name: string;
  amount: string;
  currency: string;
  memo: string | null;
}

export interface PreviousPeriod {
  from: string;
  to: string;
  income: string;
  expenses: string;
  savings: string;
}

export interface PriceChange {
  date: string;
  before: string;
  after: string;
  yearly_change: string;
  is_worse: boolean;
}

export interface Provider {
  id: string;
  name: string;
}

export interface ProviderDeparture {
  authorization_url: string;
}

export interface PutAccountsIdVisibilityRequest {
  visibility: "all" | "only" | "except";
  members?: string[] | null;
}

export interface PutAccountsOrderRequest {
  ids: string[];
}

export interface PutAdminPagesKindRequest {
  title: string;
  text: string;
}

export interface PutBudgetsMonthCategoryRequest {
  amount: string | number;
}

export interface PutDebtsIdRequest {
  yearly_rate: string | number;
  minimum_kind: "fixed" | "share";
  minimum_amount: string | number;
  minimum_share?: string | number | null;
}

export interface PutGoalsOrderRequest {
  ids: string[];
}

export interface PutNoticesPreferencesRequest {
  kinds: {
    kind: "budget_warning" | "budget_spent" | "bill_due" | "bill_missed" | "price_rise" | "low_balance_ahead" | "large_transaction" | "unusual_transaction" | "goal_reached" | "import_finished" | "new_device" | "backup_failed" | "task_assigned" | "task_due";
    in_app: boolean;
    mail: "off" | "at_once" | "daily" | "weekly";
  }[];
  quiet_from?: string | null;
  quiet_to?: string | null;
  digest_hour: number;
  digest_weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  budget_warning_percent: number;
  budget_spent_percent: number;
  large_amounts?: {
    household_id: string;
    amount: string | number;
  }[] | null;
}

export interface Recurring {
  key: string;
  payee: string;
  account_id: string;
  account_name: string;
  category_id: string | null;
  currency: string;
  direction: "expense" | "income";
  period: "weekly" | "two_weekly" | "four_weekly" | "monthly" | "two_monthly" | "quarterly" | "half_yearly" | "yearly";
  rule: string;
  words: string;
  amount: string;
  amount_low: string;
  amount_high: string;
  yearly_amount: string;
  confidence: number;
  count: number;
  first_date: string;
  last_date: string;
  next_date: string | null;
  has_ended: boolean;
  missed_dates: string[];
  price_changes: PriceChange[];
  payments: RecurringPayment[];
  is_dismissed: boolean;
  bill_id: string | null;
}

export interface RecurringChange {
  kind: "price_rise" | "price_drop" | "missed";
  source: "bill" | "found";
  bill_id: string | null;
  key: string | null;
  name: string;
  account_id: string | null;
  currency: string;
  date: string;
  before: string | null;
  after: string | null;
  yearly_change: string | null;
}

export interface RecurringPayment {
  transaction_id: string;
  date: string;
  amount: string;
}

export interface SecurityEvent {
  id: string;
  at: string;
  person_id: string | null;
  person_name: string | null;
  actor: string;
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  entity: string;
  entity_id: string | null;
  summary: string;
  before: unknown;
  after: unknown;
  change_count: number;
  request_id: string;
  address: string | null;
  device: string | null;
  outcome: "success" | "failure" | "refused";
}

export interface Session {
  user: User;
  household: Household;
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  refresh_token: string | null;
}

export interface SignInMethods {
  registration: "open" | "invitation" | "closed";
  first_person: boolean;
  password: boolean;
  passkeys: boolean;
  providers: Provider[];
  mail: boolean;
  require_second_factor: boolean;
}

export interface Split {
  category_id: string;
  category_name: string;
  amount: string;
  memo: string | null;
}

export interface Subscription {
  source: "bill" | "found";
  bill_id: string | null;
  key: string | null;
  name: string;
  payee: string | null;
  account_id: string | null;
  account_name: string | null;
  category_id: string | null;
  currency: string;
  amount: string;
  monthly: string;
  yearly: string;
  words: string;
  period: "weekly" | "two_weekly" | "four_weekly" | "monthly" | "two_monthly" | "quarterly" | "half_yearly" | "yearly" | "other";
  next_date: string | null;
  last_date: string | null;
  state: "active" | "paused" | "stopped";
  price_changes: PriceChange[];
  missed_dates: string[];
}

export interface SubscriptionSum {
  currency: string;
  monthly: string;
  yearly: string;
  count: number;
}

export interface Subscriptions {
  currency: string;
  monthly: string;
  yearly: string;
  unconverted: string[];
  sums: SubscriptionSum[];
  subscriptions: Subscription[];
}

export interface SystemJobs {
  waiting: number;
  dead: number;
}

export interface SystemMail {
  transport: string;
  waiting: number;
  failed: number;
}

export interface SystemState {
  version: string;
  database: string;
  redis: string;
  mail: SystemMail;
  jobs: SystemJobs;
  people: number;
  active_people: number;
  administrators: number;
  households: number;
  sessions: number;
  uptime_seconds: number;
}

export interface Tag {
  name: string;
  count: number;
}

export interface Task {
  id: string;
  title: string;
  description: string | null;
  status: "todo" | "in_progress" | "done";
  priority: "low" | "medium" | "high" | "urgent";
  due_on: string | null;
  repeat: string | null;
  repeat_words: string | null;
  repeat_from: string | null;
  assignee_id: string | null;
  link_kind: "account" | "category" | "transaction" | "bill" | "goal" | "import" | null;
  link_id: string | null;
  link_name: string | null;
  tags: string[];
  cause: string | null;
  next_id: string | null;
  position: number;
  version: number;
  created_at: string;
  updated_at: string;
  done_at: string | null;
  deleted_at: string | null;
}

export interface TimeCode {
  enabled: boolean;
  confirmed_at: string | null;
}

export interface TimeCodeOffer {
  secret: string;
  uri: string;
  qr_svg: string;
}

export interface TrailChange {
  position: number;
  entity_id: string;
  before: unknown;
  after: unknown;
}

export interface TrailDetail {
  entry: TrailEntry;
  changes: TrailChange[];
  next_cursor: string | null;
}

export interface TrailEntry {
  id: string;
  at: string;
  actor: string;
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  entity: string;
  entity_id: string | null;
  summary: string;
  before: unknown;
  after: unknown;
  change_count: number;
  request_id: string;
  address: string | null;
  device: string | null;
  outcome: "success" | "failure" | "refused";
  can_undo: boolean;
  undoes: string | null;
  undone_by: string | null;
}

export interface Transaction {
  id: string;
  type: "expense" | "income" | "transfer" | "opening" | "adjustment";
  date: string;
  state: "expected" | "pending" | "posted" | "cleared" | "reconciled";
  account_id: string;
  account_name: string;
  to_account_id: string | null;
  to_account_name: string | null;
  category_id: string | null;
  category_name: string | null;
  amount: string;
  currency: string;
  signed_amount: string;
  to_amount: string | null;
  to_currency: string | null;
  payee: string | null;
  note: string | null;
  tags: string[];
  splits: Split[];
  source: "manual" | "import" | "demo" | "rule" | "sync" | "system";
  bank_text: string | null;
  import_id: string | null;
  linked_transaction_id: string | null;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface TransactionDetail {
  id: string;
  type: "expense" | "income" | "transfer" | "opening" | "adjustment";
  date: string;
  state: "expected" | "pending" | "posted" | "cleared" | "reconciled";
  account_id: string;
  account_name: string;
  to_account_id: string | null;
  to_account_name: string | null;
  category_id: string | null;
  category_name: string | null;
  amount: string;
  currency: string;
  signed_amount: string;
  to_amount: string | null;
  to_currency: string | null;
  payee: string | null;
  note: string | null;
  tags: string[];
  splits: Split[];
  source: "manual" | "import" | "demo" | "rule" | "sync" | "system";
  bank_text: string | null;
  import_id: string | null;
  linked_transaction_id: string | null;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  postings: Posting[];
}

export interface TransactionWithBill {
  id: string;
  type: "expense" | "income" | "transfer" | "opening" | "adjustment";
  date: string;
  state: "expected" | "pending" | "posted" | "cleared" | "reconciled";
  account_id: string;
  account_name: string;
  to_account_id: string | null;
  to_account_name: string | null;
  category_id: string | null;
  category_name: string | null;
  amount: string;
  currency: string;
  signed_amount: string;
  to_amount: string | null;
  to_currency: string | null;
  payee: string | null;
  note: string | null;
  tags: string[];
  splits: Split[];
  source: "manual" | "import" | "demo" | "rule" | "sync" | "system";
  bank_text: string | null;
  import_id: string | null;
  linked_transaction_id: string | null;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  postings: Posting[];
  bill: PaidBill | null;
}

export interface TransferSides {
  out: Transaction;
  in: Transaction;
}

export interface TransferSuggestion {
  id: string;
  score: number;
  out: Transaction;
  in: Transaction;
  days_apart: number;
  reason: string;
}

export interface UnreadNotices {
  unread: number;
}

export interface User {
  id: string;
  email: string;
  name: string;
  time_zone: string;
  locale: string;
  created_at: string;
  email_verified: boolean;
  system_role: "user" | "support" | "auditor" | "admin";
  erase_at: string | null;
}

export interface UserCard {
  id: string;
  email: string;
  name: string;
  system_role: "user" | "support" | "auditor" | "admin";
  created_at: string;
  last_seen_at: string | null;
  disabled_at: string | null;
  deleted_at: string | null;
  email_verified: boolean;
  has_second_factor: boolean;
  sessions: number;
  households: number;
}
