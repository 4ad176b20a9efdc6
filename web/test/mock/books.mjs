// One household's books in memory: enough of the server to develop the pages against.
import { randomUUID } from "node:crypto";

export class Refusal extends Error {
  constructor(status, code, message, details = null) {
    super(message);
    Object.assign(this, { status, code, details });
  }
}

export const now = () => new Date().toISOString();
export const text = (value) => {
  const size = value < 0n ? -value : value;
  const fraction = (size % 10000n)
    .toString()
    .padStart(4, "0")
    .replace(/0{1,2}$/, "");
  return `${value < 0n ? "-" : ""}${size / 10000n}.${fraction}`;
};
export const parsed = (decimal) => {
  const match = /^([+-]?)(\d+)(?:\.(\d{1,4}))?$/.exec(String(decimal));
  if (!match) {
    throw new Refusal(422, "validation.failed", "Some fields are wrong", {
      fields: [{ field: "amount", code: "malformed", message: "Use digits such as 12.50" }],
    });
  }
  const size = BigInt(match[2]) * 10000n + BigInt((match[3] ?? "").padEnd(4, "0"));
  return match[1] === "-" ? -size : size;
};

const liabilities = new Set(["credit_card", "loan", "mortgage", "other_liability"]);
const starter = {
  expense: {
    Housing: ["Rent", "Mortgage interest", "Energy", "Internet & phone", "Repairs"],
    Food: ["Groceries", "Restaurants", "Coffee"],
    Transport: ["Fuel", "Public transport", "Car"],
    Health: ["Pharmacy", "Doctor"],
    Leisure: ["Subscriptions", "Holidays", "Sport"],
    Shopping: ["Clothes", "Electronics", "Household"],
    Children: [],
    "Fees & charges": [],
    Uncategorised: [],
  },
  income: { Salary: [], Interest: [], Gifts: [], "Other income": [], "Uncategorised income": [] },
};

export class Books {
  constructor({ currency = "EUR" }) {
    this.household = {
      id: randomUUID(),
      name: "Home",
      currency,
      week_start: "monday",
      role: "owner",
      version: 1,
      created_at: now(),
    };
    this.accounts = [];
    this.categories = [];
    this.transactions = [];
    this.imports = [];
    this.tasks = [];
    this.goals = [];
    this.contributions = [];
    this.debtTerms = new Map();
    this.goneTerms = new Map();
    this.debtSettings = {
      strategy: "avalanche",
      extra_amount: "0.00",
      currency,
      order: [],
      version: 0,
      updated_at: null,
    };
    this.bills = [];
    this.feeds = [];
    this.dismissed = new Set();
    this.rejected = new Set();
    this.log = [];
    for (const [kind, tree] of Object.entries(starter)) {
      for (const [name, children] of Object.entries(tree)) {
        const parent = this.addCategory({ name, kind });
        for (const child of children) this.addCategory({ name: child, kind, parent_id: parent.id });
      }
    }
  }

  /** What the trail can take back. */
  remember(entity, summary, undo) {
    this.log.push({ id: `step-${this.log.length}`, at: now(), entity, summary, undo });
  }

  find(list, id) {
    const found = list.find((item) => item.id === id);
    if (!found) throw new Refusal(404, "not_found", "There is no such thing");
    return found;
  }

  category(name) {
    return this.categories.find((category) => category.name === name);
  }

  addCategory({ name, kind, parent_id = null }) {
    const category = {
      id: randomUUID(),
      name,
      kind,
      parent_id,
      system: name === "Uncategorised" ? "uncategorised" : null,
      position: this.categories.length,
      deleted_at: null,
      version: 1,
      created_at: now(),
      updated_at: now(),
    };
    this.categories.push(category);
    return category;
  }

  addAccount({ name, kind, currency, opening_balance = "0", opening_date, minimum_balance }) {
    if (!name) {
      throw new Refusal(422, "validation.failed", "Some fields are wrong", {
        fields: [{ field: "name", code: "required", message: "Give the account a name" }],
      });
    }
    const account = {
      id: randomUUID(),
      name,
      kind,
      currency,
      opening: parsed(opening_balance),
      opening_date: opening_date ?? null,
      minimum_balance: minimum_balance ?? null,
      position: this.accounts.length,
      is_budgeted: ["checking", "savings", "cash", "credit_card"].includes(kind),
      budget_category_id: null,
      closed_at: null,
      deleted_at: null,
      version: 1,
      created_at: now(),
      updated_at: now(),
    };
    this.accounts.push(account);
    return account;
  }

  addTransaction(input) {
    const account = this.find(this.accounts, input.account_id);
    const splits = input.splits ?? [];
    const transaction = {
      id: randomUUID(),
      state: "posted",
      to_account_id: null,
      payee: null,
      note: null,
      tags: [],
      source: "manual",
      bank_text: null,
      import_id: null,
      linked_transaction_id: null,
      deleted_at: null,
      to_amount: null,
      version: 1,
      created_at: now(),
      updated_at: now(),
      ...input,
      splits,
      amount: parsed(input.amount),
      currency: account.currency,
      category_id:
        input.type === "transfer" || splits.length > 0
          ? null
          : (input.category_id ?? this.category("Uncategorised").id),
    };
    this.transactions.push(transaction);
    return transaction;
  }

  /** The change of `accountId` by a transaction, 0n if it is not touched. */
  change(transaction, accountId) {
    const { type, amount } = transaction;
    if (transaction.account_id === accountId) return type === "income" ? amount : -amount;
    if (transaction.to_account_id === accountId) {
      return transaction.to_amount ? parsed(transaction.to_amount) : amount;
    }
    return 0n;
  }

  balance(account, until = "9999-12-31") {
    return this.transactions
      .filter((t) => !t.deleted_at && t.state !== "expected" && t.date <= until)
      .reduce((sum, t) => sum + this.change(t, account.id), account.opening);
  }

  showAccount(account) {
    const { opening, ...rest } = account;
    const own = this.transactions.filter(
      (t) => !t.deleted_at && (t.account_id === account.id || t.to_account_id === account.id),
    );
    const balance = text(this.balance(account));
    return {
      ...rest,
      class: liabilities.has(account.kind) ? "liability" : "asset",
      balance,
      balance_in_household_currency: account.currency === this.household.currency ? balance : null,
      household_currency: this.household.currency,
      opening_balance: text(opening),
      transaction_count: own.length,
      last_transaction_date:
        own
          .map((t) => t.date)
          .sort()
          .at(-1) ?? null,
    };
  }

  showCategory(category) {
    const own = this.transactions.filter((t) => !t.deleted_at && t.category_id === category.id);
    return { ...category, transaction_count: own.length };
  }

  name(list, id) {
    return list.find((item) => item.id === id)?.name ?? null;
  }

  showTransaction(t, forAccount = t.account_id) {
    return {
      ...t,
      account_name: this.name(this.accounts, t.account_id),
      to_account_name: this.name(this.accounts, t.to_account_id),
      category_name: this.name(this.categories, t.category_id),
      amount: text(t.amount),
      signed_amount: text(this.change(t, forAccount)),
      to_currency: t.to_account_id ? this.find(this.accounts, t.to_account_id).currency : null,
      splits: t.splits.map((split) => ({
        memo: null,
        ...split,
        category_name: this.name(this.categories, split.category_id),
      })),
    };
  }

  subtree(rootId) {
    const ids = new Set([rootId]);
    for (const { id, parent_id } of this.categories) if (ids.has(parent_id)) ids.add(id);
    return ids;
  }

  filtered(query) {
    const within = query.category_id ? this.subtree(query.category_id) : null;
    const words = query.q?.toLowerCase();
    const rows = this.transactions.filter(
      (t) =>
        (query.include_deleted === "true" || !t.deleted_at) &&
        (!query.account_id ||
          t.account_id === query.account_id ||
          t.to_account_id === query.account_id) &&
        (!within ||
          within.has(t.category_id) ||
          t.splits.some((split) => within.has(split.category_id))) &&
        (!query.type || t.type === query.type) &&
        (!query.state || t.state === query.state) &&
        (!query.tag || t.tags.includes(query.tag)) &&
        (!query.from || t.date >= query.from) &&
        (!query.to || t.date <= query.to) &&
        (!query.min_amount || t.amount >= parsed(query.min_amount)) &&
        (!query.max_amount || t.amount <= parsed(query.max_amount)) &&
        (!words || `${t.payee} ${t.note} ${t.bank_text}`.toLowerCase().includes(words)),
    );
    const sort = query.sort ?? "-date";
    const down = sort.startsWith("-") ? -1 : 1;
    const key = sort.replace("-", "");
    const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    return rows.sort((a, b) => down * (order(a[key] ?? "", b[key] ?? "") || order(a.id, b.id)));
  }

  patch(item, body) {
    const { amount, opening_balance, ...rest } = body;
    Object.assign(item, rest);
    if (amount !== undefined) item.amount = parsed(amount);
    if (opening_balance !== undefined) item.opening = parsed(opening_balance);
    if (rest.splits?.length > 0) item.category_id = null;
    item.version += 1;
    item.updated_at = now();
    return item;
  }
}
