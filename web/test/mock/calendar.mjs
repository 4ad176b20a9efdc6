// What is found in the history, what it costs, and the month in days.
import { createHash, randomUUID } from "node:crypto";
import { list, none } from "./answers.mjs";
import { makeBill, occurrencesOf, showBill, today } from "./bills.mjs";
import { now, parsed, Refusal, text } from "./books.mjs";
import { datesOf, dayAfter, wordsOf } from "./schedule.mjs";

const wordFor = (key) => createHash("md5").update(key).digest("hex");
const median = (sorted) => sorted[Math.floor(sorted.length / 2)];

/** Payees that were paid in most of the last months, about as much each time. */
function found(books) {
  const since = dayAfter(today(), -730);
  const groups = new Map();
  for (const t of books.transactions) {
    if (t.deleted_at || !t.payee || t.type === "transfer" || t.date < since) continue;
    const key = `${t.type}|${t.payee}|${t.account_id}`;
    groups.set(key, [...(groups.get(key) ?? []), t]);
  }
  return [...groups].flatMap(([key, all]) => {
    const byMonth = new Set(all.map(({ date }) => date.slice(0, 7)));
    if (all.length < 4 || all.length > byMonth.size + 1) return [];
    all.sort((a, b) => (a.date < b.date ? -1 : 1));
    return [seriesOf(books, key, all)];
  });
}

function priceChanges(all, sign) {
  const changes = [];
  for (const [index, t] of all.entries()) {
    const before = all[index - 1]?.amount ?? t.amount;
    const isStep = t.amount !== before && (all[index + 1]?.amount ?? t.amount) === t.amount;
    if (!isStep) continue;
    changes.push({
      date: t.date,
      before: text(sign * before),
      after: text(sign * t.amount),
      yearly_change: text(sign * 12n * (t.amount - before)),
      is_worse: sign * (t.amount - before) < 0n,
    });
  }
  return changes.slice(-3);
}

function seriesOf(books, key, all) {
  const [first, last] = [all[0], all.at(-1)];
  const sizes = all.map(({ amount }) => amount).sort((a, b) => (a < b ? -1 : 1));
  const sign = first.type === "income" ? 1n : -1n;
  const usual = last.amount === sizes[0] ? last.amount : median(sizes);
  const [low, high] = [sign * sizes.at(-1), sign * sizes[0]].sort((a, b) => (a < b ? -1 : 1));
  const rule = `FREQ=MONTHLY;BYMONTHDAY=${Number(last.date.slice(8))}`;
  const series = { repeat: rule, start_on: first.date, working_days: "none" };
  const next = datesOf(series, dayAfter(today(), 400)).find((one) => one.due_on > last.date);
  const isSteady = low === high;
  const own = books.bills.find((bill) => !bill.deleted_at && bill.payee === first.payee);
  return {
    key: wordFor(key),
    payee: first.payee,
    account_id: first.account_id,
    account_name: books.name(books.accounts, first.account_id),
    category_id: last.category_id,
    currency: last.currency,
    direction: first.type,
    period: "monthly",
    rule,
    words: wordsOf(series),
    amount: text(sign * usual),
    amount_low: text(low),
    amount_high: text(high),
    yearly_amount: text(sign * usual * 12n),
    confidence: isSteady ? 93 : 60 + (all.length % 25),
    count: all.length,
    first_date: first.date,
    last_date: last.date,
    next_date: next?.due_on ?? null,
    has_ended: false,
    missed_dates: [],
    price_changes: priceChanges(all, sign),
    payments: all
      .slice(-6)
      .reverse()
      .map(({ id, date, amount }) => ({ transaction_id: id, date, amount: text(sign * amount) })),
    is_dismissed: books.dismissed.has(wordFor(key)),
    bill_id: own?.id ?? null,
  };
}

function one(books, key) {
  const series = found(books).find((each) => each.key === key);
  if (!series) throw new Refusal(404, "not_found", "There is no such thing");
  return series;
}

function accept(books, key, body) {
  const series = one(books, key);
  if (series.bill_id) throw new Refusal(409, "recurring.is_bill", "It is a bill already");
  const plain = (amount) => amount.replace("-", "");
  const isSteady = series.amount_low === series.amount_high;
  const bill = makeBill(books, {
    name: series.payee,
    direction: series.direction,
    payee: series.payee,
    account_id: series.account_id,
    category_id: series.category_id,
    amount_kind: isSteady ? "fixed" : "learned",
    amount: plain(series.amount),
    ...(!isSteady && { learn_from: 3, tolerance_percent: 20 }),
    start_on: series.first_date,
    repeat: series.rule,
    ...body,
  });
  return { status: 201, data: showBill(books, bill) };
}

function subscription(series) {
  return {
    source: series.bill_id ? "bill" : "found",
    bill_id: series.bill_id,
    key: series.key,
    name: series.payee,
    payee: series.payee,
    account_id: series.account_id,
    account_name: series.account_name,
    category_id: series.category_id,
    currency: series.currency,
    amount: series.amount,
    monthly: series.amount,
    yearly: series.yearly_amount,
    words: series.words,
    period: "monthly",
    next_date: series.next_date,
    last_date: series.last_date,
    state: "active",
    price_changes: series.price_changes,
    missed_dates: [],
  };
}

function subscriptions(books) {
  const all = found(books)
    .filter((each) => each.direction === "expense" && each.amount_low === each.amount_high)
    .map(subscription)
    .sort((a, b) => (parsed(a.yearly) < parsed(b.yearly) ? -1 : 1));
  const sum = (field) => text(all.reduce((total, each) => total + parsed(each[field]), 0n));
  const { currency } = books.household;
  return {
    sums: [{ currency, monthly: sum("monthly"), yearly: sum("yearly"), count: all.length }],
    currency,
    monthly: sum("monthly"),
    yearly: sum("yearly"),
    unconverted: [],
    subscriptions: all,
  };
}

function changes(books) {
  return found(books)
    .flatMap((series) =>
      series.price_changes.map((change) => ({
        kind: change.is_worse ? "price_rise" : "price_drop",
        source: series.bill_id ? "bill" : "found",
        bill_id: series.bill_id,
        key: series.key,
        name: series.payee,
        account_id: series.account_id,
        currency: series.currency,
        date: change.date,
        before: change.before,
        after: change.after,
        yearly_change: change.yearly_change,
      })),
    )
    .sort((a, b) => (a.date < b.date ? 1 : -1));
}

const open = ["expected", "due", "overdue"];

function calendarOccurrence(item) {
  const isCounted = open.includes(item.state) && item.amount !== null;
  return {
    bill_id: item.bill_id,
    name: item.bill_name,
    direction: item.direction,
    date: item.due_on,
    nominal_date: item.nominal_on,
    account_id: item.account_id,
    to_account_id: item.to_account_id,
    category_id: item.category_id,
    currency: item.currency,
    amount: item.amount && (item.direction === "income" ? item.amount : `-${item.amount}`),
    state: item.state,
    is_counted: isCounted,
    counted_on: isCounted ? (item.due_on < today() ? today() : item.due_on) : null,
  };
}

/** What came or went on a day, and what is still expected of it. */
function flowsOn(books, planned, date) {
  const flow = (type) =>
    books.transactions
      .filter((t) => !t.deleted_at && t.date === date && t.type === type)
      .reduce((sum, t) => sum + t.amount, 0n);
  const due = (isIn) =>
    planned
      .filter((each) => each.is_counted && each.counted_on === date)
      .map((each) => parsed(each.amount))
      .filter((amount) => (isIn ? amount > 0n : amount < 0n))
      .reduce((sum, amount) => sum + amount, 0n);
  return {
    money_in: text(flow("income")),
    money_out: text(-flow("expense")),
    expected_in: text(due(true)),
    expected_out: text(due(false)),
  };
}

function month(books, name) {
  const first = `${name}-01`;
  const [year, number] = name.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  const until = last > today() ? last : today();
  const planned = occurrencesOf(books, dayAfter(today(), -31), until).map(calendarOccurrence);
  const shown = occurrencesOf(books, first, last).map(calendarOccurrence);
  const accounts = books.accounts.filter((account) => !account.deleted_at && !account.closed_at);
  const days = [];
  for (let date = first; date <= last; date = dayAfter(date, 1)) days.push(date);
  const at = (account, date) => {
    const base = books.balance(account, date);
    return planned
      .filter((each) => each.is_counted && each.counted_on <= date)
      .filter((each) => each.account_id === account.id)
      .reduce((sum, each) => sum + parsed(each.amount), base);
  };
  const balances = new Map(
    accounts.map((account) => [account.id, days.map((d) => at(account, d))]),
  );
  const total = (index) =>
    accounts.reduce((sum, account) => sum + balances.get(account.id)[index], 0n);
  const shownDays = days.map((date, index) => ({
    date,
    ...flowsOn(books, planned, date),
    balance: text(total(index)),
    is_expected: date >= today(),
    occurrences: shown.filter((each) => each.date === date),
  }));
  const sum = (field) => text(shownDays.reduce((all, day) => all + parsed(day[field]), 0n));
  const views = accounts.map((account) => accountView(books, account, days, balances));
  return {
    month: name,
    first_day: first,
    last_day: last,
    today: today(),
    currency: books.household.currency,
    unconverted: [],
    money_in: sum("money_in"),
    money_out: sum("money_out"),
    expected_in: sum("expected_in"),
    expected_out: sum("expected_out"),
    balance_start: text(accounts.reduce((all, one_) => all + at(one_, dayAfter(first, -1)), 0n)),
    balance_end: shownDays.at(-1).balance,
    short_on: views.flatMap(({ short_on: day }) => (day ? [day] : [])).sort()[0] ?? null,
    days: shownDays,
    accounts: views,
  };
}

function accountView(books, account, days, balances) {
  const own = balances.get(account.id);
  const isMoney = ["checking", "savings", "cash"].includes(account.kind);
  const floor = account.minimum_balance ?? (isMoney ? "0.00" : null);
  const lowest = own.reduce((least, each) => (each < least ? each : least), own[0]);
  const short = days.find(
    (date, index) => floor !== null && date >= today() && own[index] < parsed(floor),
  );
  return {
    account_id: account.id,
    name: account.name,
    currency: account.currency,
    in_total: true,
    minimum_balance: account.minimum_balance,
    floor,
    balance_start: text(own[0]),
    balance_end: text(own.at(-1)),
    lowest: text(lowest),
    lowest_on: days[own.indexOf(lowest)],
    short_on: short ?? null,
    balances: own.map(text),
  };
}

function recurringRoutes(at) {
  const key = (tail) => new RegExp(`^/recurring/([0-9a-f-]+)/${tail}$`);
  return [
    [
      "GET",
      at("/recurring"),
      ({ books, query }) =>
        list(
          found(books)
            .filter((each) => each.is_dismissed === (query.state === "dismissed"))
            .sort((a, b) => b.confidence - a.confidence),
        ),
    ],
    ["GET", at("/recurring/changes"), ({ books }) => list(changes(books))],
    [
      "POST",
      key("dismiss"),
      ({ books, id }) => {
        books.dismissed.add(id);
        return { data: one(books, id) };
      },
    ],
    [
      "POST",
      key("restore"),
      ({ books, id }) => {
        books.dismissed.delete(id);
        return { data: one(books, id) };
      },
    ],
    ["POST", key("accept"), ({ books, id, body }) => accept(books, id, body)],
  ];
}

export function calendarRoutes(at) {
  return [
    ...recurringRoutes(at),
    ["GET", at("/subscriptions"), ({ books }) => ({ data: subscriptions(books) })],
    ["GET", at("/calendar/feeds"), ({ books }) => list(books.feeds)],
    [
      "POST",
      at("/calendar/feeds"),
      ({ books, body, origin }) => {
        const secret = randomUUID().replaceAll("-", "");
        const feed = {
          id: randomUUID(),
          ...body,
          hint: secret.slice(0, 6),
          created_at: now(),
          used_at: null,
        };
        books.feeds.push(feed);
        return {
          status: 201,
          data: { ...feed, address: `${origin}/api/v1/feeds/${secret}.ics` },
        };
      },
    ],
    [
      "DELETE",
      at("/calendar/feeds/:id"),
      ({ books, id }) => {
        books.feeds = books.feeds.filter((feed) => feed.id !== id);
        return none;
      },
    ],
    ["GET", /^\/calendar\/(\d{4}-\d{2})$/, ({ books, id }) => ({ data: month(books, id) })],
  ];
}
