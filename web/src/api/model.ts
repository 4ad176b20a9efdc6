// Names for parts of what the server answers, and the forms of what it is sent. The answers
// themselves are in types.ts, which is generated.
import type {
  Account,
  Import,
  ImportRow,
  ImportMapping,
  ImportColumn,
  Transaction,
} from "./types.ts";

export type AccountKind = Account["kind"];
export type TransactionType = Transaction["type"];
export type TransactionState = Transaction["state"];
export type ImportState = Import["state"];
export type RowState = ImportRow["state"];
export type ColumnRole = ImportColumn["role"];
export type DateOrder = ImportMapping["date_order"];

export interface SplitInput {
  category_id: string;
  amount: string;
  memo?: string | null;
}

export interface TransactionInput {
  type: "expense" | "income" | "transfer";
  account_id: string;
  to_account_id?: string | null;
  amount: string;
  to_amount?: string | null;
  category_id?: string | null;
  splits?: SplitInput[];
  payee?: string | null;
  note?: string | null;
  tags?: string[];
  date: string;
  state?: TransactionState;
}

export interface BulkPatch {
  category_id?: string | null;
  payee?: string | null;
  state?: TransactionState;
  tags?: string[];
  add_tags?: string[];
  note?: string | null;
  date?: string;
}

export interface ImportPatch {
  account_id?: string;
  statement_accounts?: { index: number; account_id: string }[];
  mapping?: {
    delimiter?: string;
    encoding?: string;
    header_row?: number | null;
    first_row?: number;
    columns?: { index: number; role: ColumnRole }[];
    date_order?: DateOrder;
    decimal?: "." | ",";
    negate?: boolean;
  };
  rows?: { number: number; included?: boolean; category_id?: string; payee?: string }[];
  categorise?: { payee: string; category_id: string }[];
}
