// Goals as the server keeps them: earmarks on accounts, their path, and what is refused.
import { randomUUID } from "node:crypto";
import { now, parsed, Refusal, text } from "./books.mjs";
import { list } from "./answers.mjs";

const today = () => now().slice(0, 10);
const monthOf = (date) => date.slice(0, 7);
const indexOf = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthAt = (index) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
const atLeastZero = (amount) => (amount < 0n ? 0n : amount);

const wrong = (field, code, message) =>
  new Refusal(422, "validation.failed", "Some fields are wrong", {
    fields: [{ field, code, message }],
  });

/** To the next cent. */
const divided = (amount, count) => {
  const cents = (amount + 99n) / 100n;
  return ((cents + BigInt(count) - 1n) / BigInt(count)) * 100n;
};

function spending(books, months) {
  const end = `${monthOf(today())}-01`;
  const start = `${monthAt(indexOf(monthOf(today())) - months)}-01`;
  const total = books.transactions
    .filter((t) => !t.deleted_at && t.type === "expense" && t.date >= start && t.date < end)
    .reduce((sum, t) => sum + t.amount, 0n);
  return divided(total, months);
}

const earmarks = (books, goal) => books.contributions.filter((one) => one.goal_id === goal.id);
const sumOf = (items) => items.reduce((sum, { amount }) => sum + amount, 0n);
const live = (books) => books.goals.filter((goal) => !goal.deleted_at);

function earmarkedOn(books, accountId) {
  const ids = new Set(live(books).map(({ id }) => id));
  return sumOf(
    books.contributions.filter((one) => ids.has(one.goal_id) && one.account_id === accountId),
  );
}

function standing(books, account) {
  const balance = books.balance(account);
  const earmarked = earmarkedOn(books, account.id);
  const free = balance - earmarked;
  return { balance, earmarked, free, over: atLeastZero(-free) };
}

/** Refuses what would set aside more than there is, unless that was allowed. */
function guard(books, account, change, isAllowed) {
  const { balance, earmarked } = standing(books, account);
  const after = earmarked + change;
  if (isAllowed || change <= 0n || after <= balance) return;
  throw new Refusal(409, "goal.overcommitted", "More would be set aside than the account holds.", {
    account_id: account.id,
    currency: account.currency,
    balance: text(balance),
    earmarked: text(after),
    free: text(balance - after),
    over_by: text(after - balance),
  });
}

/** What the even path wants by the end of a month. */
function planned(goal, target, index) {
  if (target === null || !goal.target_date) return null;
  const first = indexOf(monthOf(goal.start_date));
  const last = indexOf(monthOf(goal.target_date));
  if (index < first || index > last) return null;
  return (((target / 100n) * BigInt(index - first + 1)) / BigInt(last - first + 1)) * 100n;
}

function targetOf(books, goal) {
  if (goal.kind !== "emergency_fund") return goal.target_amount;
  return spending(books, goal.average_months) * BigInt(goal.months_of_spending);
}

function planOf(goal, all, target, saved) {
  const at = indexOf(monthOf(today()));
  const before = sumOf(all.filter(({ date }) => monthOf(date) < monthOf(today())));
  const isReached = target !== null && target > 0n && saved >= target;
  const isDated = target !== null && goal.target_date !== null;
  const monthsLeft = isDated ? Math.max(0, indexOf(monthOf(goal.target_date)) - at + 1) : null;
  const suggested = isDated ? divided(atLeastZero(target - before), Math.max(1, monthsLeft)) : null;
  const wanted = isDated ? (planned(goal, target, at - 1) ?? 0n) : null;
  const pace = () => {
    if (goal.state !== "active") return goal.state;
    if (isReached) return "reached";
    if (!isDated) return "open";
    return saved < wanted ? "behind" : before > wanted ? "ahead" : "on_track";
  };
  return {
    is_reached: isReached,
    pace: pace(),
    months_left: monthsLeft,
    planned_by_now: wanted === null ? null : text(wanted),
    behind_by: wanted === null ? null : text(atLeastZero(wanted - saved)),
    suggested_amount: suggested === null ? null : text(suggested),
    due_this_month: suggested === null ? null : text(atLeastZero(suggested - (saved - before))),
  };
}

function show(books, goal) {
  const all = earmarks(books, goal);
  const saved = sumOf(all);
  const target = targetOf(books, goal);
  const places = books.accounts.flatMap((account) => {
    const amount = sumOf(all.filter((one) => one.account_id === account.id));
    const is_overcommitted = standing(books, account).over > 0n;
    if (amount === 0n) return [];
    return [{ account_id: account.id, name: account.name, amount: text(amount), is_overcommitted }];
  });
  const isFund = goal.kind === "emergency_fund";
  return {
    ...goal,
    target_amount: goal.target_amount === null ? null : text(goal.target_amount),
    target: target === null ? null : text(target),
    average_spending: isFund ? text(spending(books, goal.average_months)) : null,
    missing_rates: [],
    saved: text(saved),
    remaining: target === null ? null : text(atLeastZero(target - saved)),
    progress: target ? (Number((saved * 10000n) / target) / 100).toFixed(2) : null,
    reached_at: null,
    projected_month: goal.automatic && goal.target_date ? monthOf(goal.target_date) : null,
    accounts: places,
    ...planOf(goal, all, target, saved),
  };
}

function settle(books, goal, body) {
  const { target_amount, automatic, ...rest } = body;
  if (rest.name !== undefined && !rest.name) throw wrong("name", "required", "is required");
  Object.assign(goal, rest);
  if (target_amount !== undefined) {
    goal.target_amount = target_amount === null ? null : parsed(target_amount);
  }
  if (automatic !== undefined) {
    const empty = { amount: null, day: null, category_id: null, through: today() };
    goal.automatic = automatic && { ...empty, ...automatic };
  }
  if (["purchase", "sinking_fund"].includes(goal.kind) && !goal.target_amount) {
    throw wrong("target_amount", "required", "is required");
  }
  return Object.assign(goal, { version: goal.version + 1, updated_at: now() });
}

export function addGoal(books, body) {
  const isFund = body.kind === "emergency_fund";
  const goal = {
    id: randomUUID(),
    name: "",
    kind: body.kind,
    state: "active",
    currency: books.household.currency,
    position: books.goals.length + 1,
    note: null,
    target_amount: null,
    target_date: null,
    start_date: today(),
    repeat_months: null,
    months_of_spending: isFund ? 3 : null,
    average_months: isFund ? 6 : null,
    automatic: null,
    released: "0.00",
    finished_at: null,
    deleted_at: null,
    version: 0,
    created_at: now(),
    updated_at: now(),
  };
  settle(books, goal, body);
  books.goals.push(goal);
  return goal;
}

export function addContribution(books, goal, body, rest = {}) {
  const account = books.find(books.accounts, body.account_id);
  const amount = parsed(body.amount);
  if (amount === 0n) throw wrong("amount", "zero", "must not be zero");
  const there = sumOf(earmarks(books, goal).filter((one) => one.account_id === account.id));
  if (there + amount < 0n) {
    throw new Refusal(409, "goal.not_enough", "The goal has less than that on this account.", {
      currency: goal.currency,
      available: text(there),
    });
  }
  guard(books, account, amount, body.allow_overcommitted);
  const made = {
    id: randomUUID(),
    goal_id: goal.id,
    account_id: account.id,
    amount,
    date: body.date ?? today(),
    source: "manual",
    planned_amount: null,
    note: body.note ?? null,
    person_id: null,
    person_name: null,
    created_at: now(),
    ...rest,
  };
  books.contributions.push(made);
  return made;
}

function showContribution(books, one) {
  return {
    ...one,
    account_name: books.name(books.accounts, one.account_id),
    amount: text(one.amount),
    currency: books.find(books.goals, one.goal_id).currency,
  };
}

function history(books, goal, query) {
  const all = earmarks(books, goal)
    .map((one, index) => ({ one, index }))
    .sort((a, b) =>
      a.one.date < b.one.date ? 1 : a.one.date > b.one.date ? -1 : b.index - a.index,
    )
    .map(({ one }) => showContribution(books, one));
  const start = Number(query.cursor ?? 0);
  const end = start + Number(query.limit ?? 50);
  const { pagination } = list(all);
  return {
    data: all.slice(start, end),
    pagination: { ...pagination, next_cursor: end < all.length ? String(end) : null },
  };
}

function path(books, goal) {
  const all = earmarks(books, goal);
  const shown = show(books, goal);
  const target = targetOf(books, goal);
  const at = indexOf(monthOf(today()));
  const first = Math.min(
    indexOf(monthOf(goal.start_date)),
    ...all.map(({ date }) => indexOf(monthOf(date))),
  );
  const last = Math.max(at, goal.target_date ? indexOf(monthOf(goal.target_date)) : at);
  const step = shown.suggested_amount ? parsed(shown.suggested_amount) : null;
  const saved = sumOf(all);
  const months = [];
  for (let index = first; index <= last; index += 1) {
    const month = monthAt(index);
    const until = all.filter(({ date }) => monthOf(date) <= month);
    const inside = all.filter(({ date }) => monthOf(date) === month);
    const wanted = planned(goal, target, index);
    const isAhead = step !== null && index >= at && goal.state === "active";
    const due = step === null ? 0n : parsed(shown.due_this_month);
    const coming = saved + due + (step ?? 0n) * BigInt(Math.max(0, index - at));
    const capped = target !== null && coming > target ? target : coming;
    months.push({
      month,
      planned: wanted === null ? null : text(wanted),
      actual: index > at ? null : text(sumOf(until)),
      contributed: index > at ? null : text(sumOf(inside)),
      projected: isAhead ? text(index === at ? saved : capped) : null,
    });
  }
  return { goal_id: goal.id, currency: goal.currency, target: shown.target, months };
}

function summary(books) {
  const all = live(books).filter(({ state }) => state !== "finished");
  const total = (key) =>
    text(all.reduce((sum, goal) => sum + parsed(show(books, goal)[key] ?? "0"), 0n));
  const count = (state) => live(books).filter((goal) => goal.state === state).length;
  return {
    currency: books.household.currency,
    saved: total("saved"),
    target: total("target"),
    remaining: total("remaining"),
    due_this_month: total("due_this_month"),
    missing_rates: [],
    active: count("active"),
    paused: count("paused"),
    finished: count("finished"),
    accounts: books.accounts
      .filter((a) => !a.deleted_at && !a.closed_at && books.showAccount(a).class === "asset")
      .map((account) => {
        const { balance, earmarked, free, over } = standing(books, account);
        return {
          account_id: account.id,
          name: account.name,
          kind: account.kind,
          currency: account.currency,
          balance: text(balance),
          earmarked: text(earmarked),
          free: text(free),
          is_overcommitted: over > 0n,
          over_by: text(over),
        };
      }),
  };
}

function release(books, goal) {
  for (const account of books.accounts) {
    const amount = sumOf(earmarks(books, goal).filter((one) => one.account_id === account.id));
    if (amount === 0n) continue;
    const body = { account_id: account.id, amount: text(-amount) };
    addContribution(books, goal, body, { source: "release" });
    goal.released = text(parsed(goal.released) + amount);
  }
}

function finish(books, goal, { earmarks: what, again = true }) {
  if (!what) throw wrong("earmarks", "required", "is required");
  if (what === "release") release(books, goal);
  const isAgain = goal.kind === "sinking_fund" && again;
  if (isAgain) {
    const next = indexOf(monthOf(goal.target_date)) + goal.repeat_months;
    const target_date = `${monthAt(next)}-${goal.target_date.slice(8)}`;
    return settle(books, goal, { target_date, start_date: today(), state: "active" });
  }
  return settle(books, goal, { state: "finished", finished_at: now() });
}

const one = (books, id) => books.find(books.goals, id);
const shown = (books, goal) => ({ data: show(books, goal) });

export const goalRoutes = (at) => [
  ...keepingRoutes(at),
  ...stateRoutes(at),
  ...contributionRoutes(at),
];

function keepingRoutes(at) {
  return [
    [
      "GET",
      at("/goals"),
      ({ books, query }) =>
        list(
          books.goals
            .filter((goal) => query.include_deleted === "true" || !goal.deleted_at)
            .sort((a, b) => a.position - b.position)
            .map((goal) => show(books, goal)),
        ),
    ],
    [
      "POST",
      at("/goals"),
      ({ books, body }) => ({ status: 201, data: show(books, addGoal(books, body)) }),
    ],
    [
      "PUT",
      at("/goals/order"),
      ({ books, body }) => {
        body.ids.forEach((id, index) => (one(books, id).position = index + 1));
        return list([]);
      },
    ],
    ["GET", at("/goals/summary"), ({ books }) => ({ data: summary(books) })],
    ["GET", at("/goals/:id"), ({ books, id }) => shown(books, one(books, id))],
    [
      "PATCH",
      at("/goals/:id"),
      ({ books, id, body }) => shown(books, settle(books, one(books, id), body)),
    ],
    [
      "DELETE",
      at("/goals/:id"),
      ({ books, id }) => {
        settle(books, one(books, id), { deleted_at: now() });
        return { status: 204 };
      },
    ],
  ];
}

function stateRoutes(at) {
  return [
    [
      "POST",
      at("/goals/:id/restore"),
      ({ books, id, body }) => {
        const goal = one(books, id);
        for (const account of books.accounts) {
          const mine = earmarks(books, goal).filter((item) => item.account_id === account.id);
          guard(books, account, sumOf(mine), body.allow_overcommitted);
        }
        return shown(books, settle(books, goal, { deleted_at: null }));
      },
    ],
    [
      "POST",
      at("/goals/:id/pause"),
      ({ books, id }) => shown(books, settle(books, one(books, id), { state: "paused" })),
    ],
    [
      "POST",
      at("/goals/:id/resume"),
      ({ books, id }) =>
        shown(books, settle(books, one(books, id), { state: "active", finished_at: null })),
    ],
    [
      "POST",
      at("/goals/:id/finish"),
      ({ books, id, body }) => shown(books, finish(books, one(books, id), body)),
    ],
  ];
}

function contributionRoutes(at) {
  const contributionPath = /^\/goals\/[0-9a-f-]{36}\/contributions\/([0-9a-f-]{36})$/;
  return [
    ["GET", at("/goals/:id/path"), ({ books, id }) => ({ data: path(books, one(books, id)) })],
    [
      "GET",
      at("/goals/:id/contributions"),
      ({ books, id, query }) => history(books, one(books, id), query),
    ],
    [
      "POST",
      at("/goals/:id/contributions"),
      ({ books, id, body, person }) => {
        const who = { person_id: person.user.id, person_name: person.user.name };
        const made = addContribution(books, one(books, id), body, who);
        return { status: 201, data: showContribution(books, made) };
      },
    ],
    [
      "DELETE",
      contributionPath,
      ({ books, id, query }) => {
        const gone = books.find(books.contributions, id);
        const account = books.find(books.accounts, gone.account_id);
        guard(books, account, -gone.amount, query.allow_overcommitted === "true");
        books.contributions = books.contributions.filter((item) => item !== gone);
        return { status: 204 };
      },
    ],
  ];
}

/** A year of saving up, for the demo household. */
export function addDemoGoals(books, { savings, checking }) {
  const back = (months, day) => `${monthAt(indexOf(monthOf(today())) - months)}-${day}`;
  const give = (goal, account, months, amount, rest) =>
    addContribution(
      books,
      goal,
      { account_id: account.id, amount, date: back(months, "05"), allow_overcommitted: true },
      rest,
    );
  const fund = addGoal(books, { name: "Emergency fund", kind: "emergency_fund" });
  const roof = addGoal(books, {
    name: "New roof",
    kind: "purchase",
    target_amount: "12000.00",
    start_date: back(8, "01"),
    target_date: back(-10, "30"),
    note: "The north side first.",
    automatic: { rule: "fixed", account_id: savings.id, amount: "550.00", day: 5 },
  });
  const trip = addGoal(books, {
    name: "Summer holiday",
    kind: "sinking_fund",
    target_amount: "2400.00",
    start_date: back(5, "01"),
    target_date: back(-7, "15"),
    repeat_months: 12,
  });
  const bike = addGoal(books, { name: "Bicycle", kind: "saving", target_amount: "900.00" });
  give(fund, savings, 10, "5000.00");
  for (const month of [8, 7, 6, 5, 4, 3, 2, 1]) {
    const isShort = month === 3;
    give(roof, savings, month, isShort ? "180.00" : "550.00", {
      source: "automatic",
      planned_amount: "550.00",
    });
  }
  for (const month of [5, 4, 2]) give(trip, checking, month, "150.00");
  give(trip, checking, 1, "-60.00");
  give(bike, checking, 2, "320.00");
  bike.state = "paused";
}
