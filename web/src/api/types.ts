// Generated from docs/openapi.json by scripts/api-types.mjs. Do not edit.

export interface User {
  id: string;
  email: string;
  name: string;
  time_zone: string;
  locale: string;
  created_at: string;
}

export interface Household {
  id: string;
  name: string;
  currency: string;
  week_start: string;
  role: "owner" | "editor" | "viewer";
  version: number;
  created_at: string;
}

export interface Session {
  user: User;
  household: Household;
  access_token: string;
  token_type: string;
  expires_in: number;
  refresh_token: string | null;
}

export interface Me {
  user: User;
  household: Household;
}

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
  closed_at: string | null;
  deleted_at: string | null;
  transaction_count: number;
  last_transaction_date: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface BalancePoint {
  date: string;
  balance: string;
}

export interface BalanceHistory {
  account_id: string;
  currency: string;
  points: BalancePoint[];
}

export interface Category {
  id: string;
  name: string;
  kind: "income" | "expense";
  parent_id: string | null;
  system: "uncategorised" | null;
  position: number;
  transaction_count: number;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface Split {
  category_id: string;
  category_name: string;
  amount: string;
  memo: string | null;
}

export interface Posting {
  account_id: string;
  account_name: string;
  amount: string;
  currency: string;
  memo: string | null;
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
  signed_amount: string;
  currency: string;
  to_amount: string | null;
  to_currency: string | null;
  payee: string | null;
  note: string | null;
  tags: string[];
  splits: Split[];
  source: "manual" | "import" | "demo" | "rule" | "sync";
  bank_text: string | null;
  import_id: string | null;
  linked_transaction_id: string | null;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface BulkResult {
  affected: number;
}

export interface Tag {
  name: string;
  count: number;
}

export interface Payee {
  id: string;
  name: string;
  last_category_id: string | null;
  transaction_count: number;
}

export interface MappingColumn {
  index: number;
  header: string | null;
  role: "date" | "value_date" | "amount" | "debit" | "credit" | "sign" | "payee" | "text" | "bank_id" | "currency" | "balance" | "category" | "ignore";
  samples: string[];
}

export interface Mapping {
  delimiter: string;
  encoding: string;
  header_row: number | null;
  first_row: number;
  columns: MappingColumn[];
  date_order: "ymd" | "dmy" | "mdy";
  decimal: "." | ",";
  negate: boolean;
}

export interface ImportQuestion {
  code: "date_order" | "decimal" | "account" | "columns";
  message: string;
  choices: string[];
}

export interface Statement {
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

export interface Import {
  id: string;
  account_id: string | null;
  file_name: string;
  format: "csv" | "ofx" | null;
  encoding: string | null;
  state: "reading" | "preview" | "committing" | "committed" | "undone" | "failed";
  progress: { done: number; total: number };
  rows: number;
  new: number;
  duplicates: number;
  problems: number;
  skipped: number;
  period: { from: string; to: string } | null;
  totals: ImportTotals | null;
  mapping: Mapping | null;
  questions: ImportQuestion[];
  statements: Statement[];
  transfers_linked: number;
  error: string | null;
  committed_at: string | null;
  undone_at: string | null;
  created_at: string;
  version: number;
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

export interface TransferSuggestion {
  id: string;
  score: number;
  out: Transaction;
  in: Transaction;
  days_apart: number;
  reason: string;
}

export interface TransferPair {
  out: Transaction;
  in: Transaction;
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

export interface MonthTotals {
  month: string;
  income: string;
  expenses: string;
  savings: string;
}

export interface PayeeTotal {
  payee_id: string;
  payee: string;
  amount: string;
  count: number;
}

export interface PreviousPeriod {
  from: string;
  to: string;
  income: string;
  expenses: string;
  savings: string;
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

export interface NetWorthPoint {
  date: string;
  assets: string;
  liabilities: string;
  net_worth: string;
}

export interface NetWorth {
  currency: string;
  unconverted: string[];
  points: NetWorthPoint[];
}

export interface Currency {
  code: string;
  name: string;
  minor_digits: number;
}
