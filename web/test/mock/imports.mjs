import { randomUUID } from "node:crypto";
import { now, parsed, Refusal, text } from "./books.mjs";

const roles = [
  [/^(buchungs)?(date|datum|booking date)/i, "date"],
  [/^amount|betrag/i, "amount"],
  [/payee|name|description|empf/i, "payee"],
  [/text|purpose|memo|verwendung/i, "text"],
  [/currency/i, "currency"],
  [/balance|saldo/i, "balance"],
];

function cells(line, delimiter) {
  const out = [];
  let cell = "";
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) {
      out.push(cell);
      cell = "";
    } else cell += char;
  }
  return [...out, cell].map((value) => value.trim());
}

function toDate(value, order) {
  const parts = value.split(/[-./]/).map((part) => part.padStart(2, "0"));
  if (parts.length !== 3) return null;
  const [y, m, d] =
    order === "ymd"
      ? parts
      : order === "dmy"
        ? [parts[2], parts[1], parts[0]]
        : [parts[2], parts[0], parts[1]];
  const date = `${y}-${m}-${d}`;
  const time = Date.parse(date);
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
  return isReal ? date : null;
}

function toAmount(value, decimal) {
  const plain =
    decimal === "," ? value.replaceAll(".", "").replace(",", ".") : value.replaceAll(",", "");
  try {
    return parsed(plain.replace(/[€$\s]/g, ""));
  } catch {
    return null;
  }
}

export function upload(books, name, content, accountId) {
  if (content.startsWith("\u007fELF") || content.startsWith("\u0089PNG")) {
    throw new Refusal(
      415,
      "import.unsupported",
      "This is not a statement. Martlet reads CSV and OFX files.",
    );
  }
  const lines = content.split(/\r?\n/);
  const delimiter = [";", ",", "\t"].find((mark) => lines[0].includes(mark)) ?? ",";
  const header = cells(lines[0], delimiter);
  const sample = lines.slice(1, 4).map((line) => cells(line, delimiter));
  const batch = {
    id: randomUUID(),
    account_id: accountId ?? null,
    file_name: name,
    format: "csv",
    encoding: "utf-8",
    state: "reading",
    progress: { done: 0, total: lines.length },
    polls: 0,
    lines,
    edits: new Map(),
    mapping: {
      delimiter,
      encoding: "utf-8",
      header_row: 1,
      first_row: 2,
      columns: header.map((title, index) => ({
        index,
        header: title,
        role: roles.find(([pattern]) => pattern.test(title))?.[1] ?? "ignore",
        samples: sample.map((row) => row[index] ?? "").filter(Boolean),
      })),
      date_order: /^\d{4}/.test(sample[0]?.[0] ?? "") ? "ymd" : "dmy",
      decimal: sample.some((row) => row.some((cell) => /\d,\d{2}$/.test(cell))) ? "," : ".",
      negate: false,
    },
    date_order_asked: sample.some((row) => /^\d\d\//.test(row[0])),
    error: null,
    committed_at: null,
    undone_at: null,
    created_at: now(),
    version: 1,
  };
  books.imports.unshift(batch);
  return batch;
}

export function rows(books, batch) {
  const column = (role) => batch.mapping.columns.find((c) => c.role === role)?.index ?? -1;
  const seen = new Map();
  const out = [];
  const account = books.accounts.find(({ id }) => id === batch.account_id);
  for (let i = batch.mapping.first_row - 1; i < batch.lines.length; i += 1) {
    const raw = batch.lines[i];
    if (!raw) continue;
    const values = cells(raw, batch.mapping.delimiter);
    const date = toDate(values[column("date")] ?? "", batch.mapping.date_order);
    let amount = toAmount(values[column("amount")] ?? "", batch.mapping.decimal);
    if (amount !== null && batch.mapping.negate) amount = -amount;
    const payee = values[column("payee")] || null;
    const number = out.length + 1;
    const edit = batch.edits.get(number) ?? {};
    const past = books.transactions.findLast((t) => t.payee === payee && t.category_id);
    const isIncome = amount !== null && amount > 0n;
    const uncategorised = books.category(isIncome ? "Uncategorised income" : "Uncategorised").id;
    const category = edit.category_id ?? past?.category_id ?? uncategorised;
    const bad =
      date === null
        ? "The date cannot be read"
        : amount === null
          ? "The amount cannot be read"
          : null;
    const key = `${date}|${amount}|${payee}`;
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    const twins = books.transactions.filter(
      (t) =>
        !t.deleted_at &&
        t.account_id === batch.account_id &&
        t.import_id !== batch.id &&
        `${t.date}|${books.change(t, batch.account_id)}|${t.payee}` === key,
    );
    const twin = twins[occurrence - 1];
    const state = bad ? "problem" : twin ? "duplicate" : "new";
    out.push({
      number,
      line: i + 1,
      statement: 0,
      state,
      reason: bad ?? (twin ? "Already in this account" : null),
      reason_code: bad ? "malformed" : null,
      raw,
      date,
      amount: amount === null ? null : text(amount),
      currency: account?.currency ?? books.household.currency,
      payee: edit.payee ?? payee,
      bank_text: values[column("text")] ?? null,
      bank_id: null,
      category_id: category,
      category_name: books.name(books.categories, category),
      included: edit.included ?? state === "new",
      duplicate_of: twin?.id ?? null,
    });
  }
  return out;
}

export function show(books, batch) {
  if (batch.state === "reading" && ++batch.polls > 1) batch.state = "preview";
  if (batch.state === "committing" && ++batch.polls > 2) finish(books, batch);
  const { lines, edits: _edits, polls, date_order_asked, ...rest } = batch;
  const all = rows(books, batch);
  const taken = all.filter((row) => row.included && row.state !== "problem");
  const sums = taken.map((row) => parsed(row.amount));
  const income = sums.filter((a) => a > 0n).reduce((a, b) => a + b, 0n);
  const expenses = sums.filter((a) => a < 0n).reduce((a, b) => a + b, 0n);
  const dates = all
    .map((row) => row.date)
    .filter(Boolean)
    .sort();
  const count = (state) => all.filter((row) => row.state === state).length;
  const isAsked = date_order_asked && batch.state === "preview";
  return {
    ...rest,
    progress: { done: Math.min(lines.length, polls * 20), total: lines.length },
    rows: all.length,
    new: batch.state === "committed" ? (batch.added ?? 0) : count("new"),
    duplicates: count("duplicate"),
    problems: count("problem"),
    skipped: 0,
    period: dates.length > 0 ? { from: dates[0], to: dates.at(-1) } : null,
    totals: {
      income: text(income),
      expenses: text(-expenses),
      net: text(income + expenses),
      currency: all[0]?.currency ?? "EUR",
    },
    questions: isAsked
      ? [
          {
            code: "date_order",
            message: "Is 03/04/2026 the 3rd of April or the 4th of March?",
            choices: ["dmy", "mdy"],
          },
        ]
      : [],
    statements: [
      {
        index: 0,
        bank_account: null,
        kind: null,
        currency: null,
        rows: all.length,
        account_id: batch.account_id,
        ledger_balance: null,
        ledger_balance_date: null,
        our_balance_after: null,
      },
    ],
    transfers_linked: batch.state === "committed" ? 1 : 0,
  };
}

export function update(books, batch, body) {
  if (body.account_id) batch.account_id = body.account_id;
  const { columns, ...mapping } = body.mapping ?? {};
  Object.assign(batch.mapping, mapping);
  if (mapping.date_order) batch.date_order_asked = false;
  for (const { index, role } of columns ?? []) batch.mapping.columns[index].role = role;
  const edit = (number, change) =>
    batch.edits.set(number, { ...batch.edits.get(number), ...change });
  for (const { number, ...change } of body.rows ?? []) edit(number, change);
  for (const { payee, category_id } of body.categorise ?? []) {
    for (const row of rows(books, batch))
      if (row.payee === payee) edit(row.number, { category_id });
  }
  batch.version += 1;
}

export function commit(books, batch) {
  if (!batch.account_id)
    throw new Refusal(409, "import.account_missing", "Choose an account first");
  batch.state = "committing";
  batch.polls = 0;
}

function finish(books, batch) {
  const taken = rows(books, batch).filter((row) => row.included && row.state !== "problem");
  for (const row of taken) {
    const amount = parsed(row.amount);
    books.addTransaction({
      type: amount < 0n ? "expense" : "income",
      account_id: batch.account_id,
      amount: text(amount < 0n ? -amount : amount),
      category_id: row.category_id,
      payee: row.payee,
      bank_text: row.bank_text,
      date: row.date,
      source: "import",
      import_id: batch.id,
    });
  }
  batch.added = taken.length;
  batch.state = "committed";
  batch.committed_at = now();
}

export function undo(books, batch) {
  books.transactions = books.transactions.filter((t) => t.import_id !== batch.id);
  batch.state = "undone";
  batch.undone_at = now();
}
