import { api } from "./api.ts";
import type { List, Query } from "./Client.ts";
import type { AccountKind, BulkPatch, ImportPatch, TransactionInput } from "./model.ts";
import type {
  Account,
  AccountVisibility,
  BalanceHistory,
  BulkResult,
  Category,
  Currency,
  Dashboard,
  Import,
  ImportRow,
  NetWorth,
  Payee,
  Tag,
  Transaction,
  TransactionWithBill,
  TransferSides,
  TransferSuggestion,
} from "./types.ts";

export type AccountInput = {
  name: string;
  kind: AccountKind;
  currency: string;
  opening_balance?: string;
  opening_date?: string;
  minimum_balance?: string | null;
};
export type AccountPatch = Partial<Omit<AccountInput, "currency">> & {
  closed_at?: string | null;
  is_budgeted?: boolean;
  budget_category_id?: string | null;
};

/** The server's twin is Features/Accounts. */
export const accounts = {
  all: async (includeDeleted = false) =>
    (await api.list<Account>("/accounts", { include_deleted: includeDeleted })).data,
  create: (body: AccountInput & Partial<AccountVisibility>) => api.post<Account>("/accounts", body),
  update: (account: Account, body: AccountPatch) =>
    api.patch<Account>(`/accounts/${account.id}`, body, account.version),
  remove: (account: Account) => api.delete(`/accounts/${account.id}`, account.version),
  restore: (id: string) => api.post<Account>(`/accounts/${id}/restore`),
  order: (ids: string[]) => api.put<Account[]>("/accounts/order", { ids }),
  balances: (id: string, from: string, to: string) =>
    api.get<BalanceHistory>(`/accounts/${id}/balances`, { from, to }),
};

export type CategoryInput = { name: string; kind: "income" | "expense"; parent_id?: string | null };

/** The server's twin is Features/Categories. */
export const categories = {
  all: async (includeDeleted = false) =>
    (await api.list<Category>("/categories", { include_deleted: includeDeleted })).data,
  create: (body: CategoryInput) => api.post<Category>("/categories", body),
  update: (category: Category, body: Partial<Omit<CategoryInput, "kind">>) =>
    api.patch<Category>(`/categories/${category.id}`, body, category.version),
  remove: (category: Category, moveTo?: string) =>
    api.delete(`/categories/${category.id}`, category.version, { move_to: moveTo }),
  restore: (id: string) => api.post<Category>(`/categories/${id}/restore`),
};

export type TransactionPatch = Partial<TransactionInput>;
export type Bulk = {
  action: "patch" | "delete" | "restore";
  ids?: string[];
  filter?: Query;
  patch?: BulkPatch;
};

/** The server's twin is Features/Transactions. */
export const transactions = {
  list: (query: Query, signal?: AbortSignal): Promise<List<Transaction>> =>
    api.list<Transaction>("/transactions", query, signal),
  get: (id: string) => api.get<TransactionWithBill>(`/transactions/${id}`),
  create: (body: TransactionInput) => api.post<Transaction>("/transactions", body),
  update: (id: string, body: TransactionPatch, version?: number) =>
    api.patch<Transaction>(`/transactions/${id}`, body, version),
  remove: (id: string, version?: number) => api.delete(`/transactions/${id}`, version),
  restore: (id: string) => api.post<Transaction>(`/transactions/${id}/restore`),
  bulk: (body: Bulk) => api.post<BulkResult>("/transactions/bulk", body),
  exportCSV: (query: Query) => api.blob("/transactions/export.csv", query),
  tags: () => api.get<Tag[]>("/tags"),
  payees: (q: string) => api.get<Payee[]>("/payees", { q, limit: 8 }),
};

/** The server's twin is Features/Imports. */
export const imports = {
  all: async () => (await api.list<Import>("/imports")).data,
  get: (id: string) => api.get<Import>(`/imports/${id}`),
  upload: (file: File, accountId?: string) => {
    const form = new FormData();
    form.append("file", file, file.name);
    return api.post<Import>("/imports", form, { account_id: accountId });
  },
  rows: (id: string, query: Query) => api.list<ImportRow>(`/imports/${id}/rows`, query),
  update: (batch: Import, body: ImportPatch) =>
    api.patch<Import>(`/imports/${batch.id}`, body, batch.version),
  commit: (id: string) => api.post<Import>(`/imports/${id}/commit`),
  undo: (id: string) => api.delete<Import>(`/imports/${id}`),
};

/** The server's twin is Features/Transfers. */
export const transfers = {
  suggestions: () => api.get<TransferSuggestion[]>("/transfers/suggestions"),
  link: (outId: string, inId: string) =>
    api.post<TransferSides>("/transfers/link", { out_id: outId, in_id: inId }),
  unlink: (transactionId: string) =>
    api.post<TransferSides>("/transfers/unlink", { transaction_id: transactionId }),
  reject: (outId: string, inId: string) =>
    api.post<null>("/transfers/reject", { out_id: outId, in_id: inId }),
};

/** The server's twin is Features/Analytics. */
export const analytics = {
  dashboard: (query: Query) => api.get<Dashboard>("/analytics/dashboard", query),
  netWorth: (query: Query) => api.get<NetWorth>("/analytics/net-worth", query),
};

export const currencies = () => api.get<Currency[]>("/currencies");
export const fillWithDemo = () => api.post<{ transactions: number }>("/demo", {});
