// What the stand-in knows of a budget: close enough to the server's numbers to look at, not to be trusted.
import { range } from "./analytics.mjs";
import { now, parsed, text } from "./books.mjs";

const day = 86_400_000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const zero = 0n;
export const sum = (numbers) => numbers.reduce((a, b) => a + b, zero);
const larger = (a, b) => (a > b ? a : b);

/** Made with the first request, so that books need not know of budgets. */
export function planOf(books) {
  books.plan ??= {
    settings: {
      view: "envelope",
      period: "month",
      month_start: 1,
      holidays: "none",
      version: 1,
      updated_at: null,
    },
    budgets: new Map(),
    assigned: new Map(),
    held: new Map(),
    locked: new Set(),
  };
  return books.plan;
}

function weekOf(date) {
  const thursday = Date.parse(date) + (3 - ((new Date(date).getUTCDay() + 6) % 7)) * day;
  const year = new Date(thursday).getUTCFullYear();
  const number = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * day));
  return `${year}-W${String(number).padStart(2, "0")}`;
}

function nameOf(date, length) {
  if (length === "week") return weekOf(date);
  if (length === "year") return date.slice(0, 4);
  if (length === "quarter")
    return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
  return date.slice(0, 7);
}

/** Any day of what `name` names. */
function dayIn(name) {
  const [, year, kind, number] = /^(\d{4})(?:-([WQ]?)(\d+))?(?:-\d+)?$/.exec(name) ?? [];
  if (/^\d{4}-\d\d-\d\d$/.test(name)) return name;
  if (kind === "W") return iso(Date.UTC(Number(year), 0, 4) + (Number(number) - 1) * 7 * day);
  if (kind === "Q") return iso(Date.UTC(Number(year), Number(number) * 3 - 3, 1));
  return iso(Date.UTC(Number(year), Number(number ?? 1) - 1, 1));
}

export function periodOf(plan, name) {
  const { period } = plan.settings;
  const { from, to, before } = range({ period, date: dayIn(name) });
  const next = iso(Date.parse(to) + day);
  return {
    name: nameOf(from, period),
    from,
    to,
    previous: nameOf(before, period),
    next: nameOf(next, period),
  };
}

/** The nearest budget above a category, or the category itself. */
function cover(books, plan, id) {
  for (let at = id; at; at = books.categories.find((c) => c.id === at)?.parent_id) {
    if (plan.budgets.has(at) && !plan.budgets.get(at).deleted_at) return at;
  }
  return id;
}

/** What each line spent, and each card was used for and paid, in a period. */
export function flows(books, { from, to }) {
  const plan = planOf(books);
  const account = (id) => books.accounts.find((item) => item.id === id);
  const spent = new Map();
  const used = new Map();
  const paid = new Map();
  let income = zero;
  const put = (map, key, amount) => map.set(key, (map.get(key) ?? zero) + amount);
  for (const t of books.transactions) {
    const isIn = t.date >= from && t.date <= to && !t.deleted_at && t.state !== "expected";
    if (!isIn || !account(t.account_id)?.is_budgeted) continue;
    if (t.type === "transfer") {
      if (account(t.to_account_id)?.kind === "credit_card") put(paid, t.to_account_id, t.amount);
      continue;
    }
    const sign = t.type === "income" ? -1n : 1n;
    const parts = t.splits.length > 0 ? t.splits : [{ ...t, amount: text(t.amount) }];
    for (const part of parts) {
      const category = books.categories.find((c) => c.id === part.category_id);
      const amount = sign * parsed(part.amount);
      if (category?.kind === "income") income -= amount;
      put(spent, cover(books, plan, part.category_id), amount);
    }
    if (account(t.account_id).kind === "credit_card") put(used, t.account_id, sign * t.amount);
  }
  return { spent, used, paid, income };
}

const key = (period, id) => `${period} ${id}`;
export const assigned = (plan, { name }, id) => plan.assigned.get(key(name, id)) ?? zero;
export const assign = (plan, { name }, id, amount) => plan.assigned.set(key(name, id), amount);

/** Year by year back would be long: what is older than half a year is forgotten. */
const remembered = 6;

export function history(books, period) {
  const plan = planOf(books);
  const all = [period];
  for (let back = 0; back < remembered; back += 1) all.unshift(periodOf(plan, all[0].previous));
  return all.map((each) => ({ period: each, ...flows(books, each) }));
}

/** What lies in an envelope at the end of the last of `months`, and what came over into it. */
export function envelope(plan, months, id, rollover) {
  let available = zero;
  let carried = zero;
  for (const { period, spent } of months) {
    carried = rollover === "none" ? zero : available;
    if (rollover !== "surplus_and_overspending") carried = larger(carried, zero);
    available = carried + assigned(plan, period, id) - (spent.get(id) ?? zero);
  }
  return { carried, available };
}

export function cardEnvelope(plan, months, id) {
  let available = zero;
  let carried = zero;
  for (const { period, used, paid } of months) {
    carried = available;
    available += assigned(plan, period, id) + (used.get(id) ?? zero) - (paid.get(id) ?? zero);
  }
  return { carried, available };
}

/** The rest of an amount that a rule asks for. */
export function asked(rule, { books, plan, period, id, past, income }) {
  const amount = rule.amount ? parsed(rule.amount) : zero;
  const spent = past.map(({ spent: all }) => all.get(id) ?? zero).slice(-(rule.periods ?? 3));
  switch (rule.rule) {
    case "weekly":
      return (
        amount * BigInt(Math.round((Date.parse(period.to) - Date.parse(period.from)) / 7 / day))
      );
    case "share":
      return (income * BigInt(rule.basis_points)) / 10_000n;
    case "average":
      return larger(rounded(sum(spent) / BigInt(spent.length || 1)), zero);
    case "median":
      return larger([...spent].sort((a, b) => (a < b ? -1 : 1))[spent.length >> 1] ?? zero, zero);
    case "copy":
      return assigned(plan, periodOf(plan, period.previous), id);
    case "by_date": {
      const months = Math.max(
        1,
        Math.ceil((Date.parse(rule.date) - Date.parse(period.from)) / 30 / day),
      );
      return rounded(amount / BigInt(months));
    }
    default:
      return books ? amount : zero;
  }
}

/** To cents. */
const rounded = (amount) => (amount / 100n) * 100n;

export function fresh(books, body) {
  const category = books.find(books.categories, body.category_id);
  return {
    rollover: "surplus",
    kind: "flexible",
    group: null,
    fill: null,
    priority: 1,
    ...body,
    name: category.name,
    position: planOf(books).budgets.size,
    deleted_at: null,
    version: 1,
    created_at: now(),
    updated_at: now(),
  };
}
