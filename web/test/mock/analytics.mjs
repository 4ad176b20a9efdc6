import { text } from "./books.mjs";

const iso = (time) => new Date(time).toISOString().slice(0, 10);
const day = 86400000;

export function range(query) {
  const date = query.date ?? iso(Date.now());
  const [year, month] = date.split("-").map(Number);
  const first = (y, m) => iso(Date.UTC(y, m - 1, 1));
  const dayBefore = (d) => iso(Date.parse(d) - day);
  switch (query.period ?? "month") {
    case "week": {
      const weekday = (new Date(date).getUTCDay() + 6) % 7;
      const from = iso(Date.parse(date) - weekday * day);
      return { from, to: iso(Date.parse(from) + 6 * day), before: iso(Date.parse(from) - 7 * day) };
    }
    case "quarter": {
      const start = Math.floor((month - 1) / 3) * 3 + 1;
      return {
        from: first(year, start),
        to: dayBefore(first(year, start + 3)),
        before: first(year, start - 3),
      };
    }
    case "year":
      return { from: first(year, 1), to: `${year}-12-31`, before: first(year - 1, 1) };
    case "custom": {
      const length = Date.parse(query.to) - Date.parse(query.from) + day;
      return { from: query.from, to: query.to, before: iso(Date.parse(query.from) - length) };
    }
    default:
      return {
        from: first(year, month),
        to: dayBefore(first(year, month + 1)),
        before: first(year, month - 1),
      };
  }
}

function lines(books, from, to, pending) {
  const rows = [];
  for (const t of books.transactions) {
    const counts = t.state !== "expected" && (pending || t.state !== "pending");
    if (t.deleted_at || !counts || t.type === "transfer" || t.date < from || t.date > to) continue;
    const sign = t.type === "income" ? 1n : -1n;
    const splits =
      t.splits.length > 0 ? t.splits : [{ category_id: t.category_id, amount: text(t.amount) }];
    for (const split of splits) {
      const category = books.categories.find(({ id }) => id === split.category_id);
      const amount = BigInt(Math.round(Number(split.amount) * 10000)) * sign;
      rows.push({ category, amount, payee: t.payee, date: t.date });
    }
  }
  return rows;
}

function totals(rows) {
  const sum = (kind) =>
    rows.filter((r) => r.category.kind === kind).reduce((s, r) => s + r.amount, 0n);
  const income = sum("income");
  const expenses = -sum("expense");
  return { income, expenses, savings: income - expenses };
}

const shown = (values) => Object.fromEntries(Object.entries(values).map(([k, v]) => [k, text(v)]));
const percent = (part, whole) =>
  whole === 0n ? "0.0" : (Number((part * 1000n) / whole) / 10).toFixed(1);

function tree(books, rows, previous, kind, parent = null) {
  const sign = kind === "income" ? 1n : -1n;
  const total = rows
    .filter((r) => r.category.kind === kind)
    .reduce((s, r) => s + r.amount * sign, 0n);
  const of = (list, ids) =>
    list.filter((r) => ids.has(r.category.id)).reduce((s, r) => s + r.amount * sign, 0n);
  return books.categories
    .filter((c) => c.kind === kind && c.parent_id === parent)
    .map((c) => {
      const ids = books.subtree(c.id);
      const amount = of(rows, ids);
      return {
        order: amount,
        node: {
          category_id: c.id,
          name: c.name,
          parent_id: parent,
          amount: text(amount),
          own_amount: text(of(rows, new Set([c.id]))),
          previous_amount: text(of(previous, ids)),
          share: percent(amount, total),
          count: rows.filter((r) => ids.has(r.category.id)).length,
          children: tree(books, rows, previous, kind, c.id),
        },
      };
    })
    .filter(({ node }) => node.count > 0)
    .sort((a, b) => (a.order > b.order ? -1 : 1))
    .map(({ node }) => node);
}

function months(from, to) {
  const list = [];
  for (let m = from.slice(0, 7); m <= to.slice(0, 7);) {
    list.push(m);
    const [year, month] = m.split("-").map(Number);
    m = iso(Date.UTC(year, month, 1)).slice(0, 7);
  }
  return list;
}

export function dashboard(books, query) {
  const { from, to, before } = range(query);
  const pending = query.include_pending === "true";
  const rows = lines(books, from, to, pending);
  const previousTo = iso(Date.parse(from) - day);
  const previous = lines(books, before, previousTo, pending);
  const sums = totals(rows);
  const payees = new Map();
  for (const row of rows.filter((r) => r.category.kind === "expense" && r.payee)) {
    const found = payees.get(row.payee) ?? { amount: 0n, count: 0 };
    payees.set(row.payee, { amount: found.amount - row.amount, count: found.count + 1 });
  }
  const year = iso(Date.parse(to) - 335 * day).slice(0, 8) + "01";
  const byMonthFrom = from < year ? from : year;
  return {
    period: query.period ?? "month",
    from,
    to,
    currency: books.household.currency,
    ...shown(sums),
    savings_rate: sums.income === 0n ? null : percent(sums.savings, sums.income),
    unconverted: [],
    previous: { from: before, to: previousTo, ...shown(totals(previous)) },
    spending_by_category: tree(books, rows, previous, "expense"),
    income_by_category: tree(books, rows, previous, "income"),
    by_month: months(byMonthFrom, to).map((month) => ({
      month,
      ...shown(totals(lines(books, `${month}-01`, `${month}-31`, pending))),
    })),
    top_payees: [...payees]
      .sort(([, a], [, b]) => (a.amount > b.amount ? -1 : 1))
      .slice(0, 10)
      .map(([payee, { amount, count }]) => ({
        payee_id: payee,
        payee,
        amount: text(amount),
        count,
      })),
    transaction_count: rows.length,
  };
}

export function netWorth(books, query) {
  const step = { day: 1, week: 7 }[query.interval];
  const dates = [];
  if (step) {
    for (let d = query.from; d <= query.to; d = iso(Date.parse(d) + step * day)) dates.push(d);
  } else {
    for (const m of months(query.from, query.to)) {
      const [year, month] = m.split("-").map(Number);
      const end = iso(Date.UTC(year, month, 0));
      dates.push(end < query.to ? end : query.to);
    }
  }
  const live = books.accounts.filter(
    (a) => !a.deleted_at && a.currency === books.household.currency,
  );
  const points = dates.map((date) => {
    const held = live.map((a) => [books.showAccount(a).class, books.balance(a, date)]);
    const sum = (kind) => held.filter(([c]) => c === kind).reduce((s, [, b]) => s + b, 0n);
    return {
      date,
      ...shown({
        assets: sum("asset"),
        liabilities: sum("liability"),
        net_worth: sum("asset") + sum("liability"),
      }),
    };
  });
  return {
    currency: books.household.currency,
    unconverted: ["USD"].filter((c) => books.accounts.some((a) => a.currency === c)),
    points,
  };
}
