// Budgets: the routes of Features/Budgets.
import { Refusal, now, parsed, text } from "./books.mjs";
import * as book from "./budgetBook.mjs";

const { planOf, periodOf, sum } = book;
const percent = (part, whole) => (whole > 0n ? text((part * 1_000_000n) / whole) : null);

function limitOf(carried, limit, spent, pace) {
  const remaining = carried + limit - spent;
  return {
    carried: text(carried),
    limit: text(limit),
    spent: text(spent),
    remaining: text(remaining),
    progress: percent(spent, carried + limit),
    pace: pace(carried + limit, spent),
    missing_rates: [],
  };
}

function paceOf({ from, to }) {
  const day = 86_400_000;
  const days = (Date.parse(to) - Date.parse(from)) / day + 1;
  const today = Date.parse(now().slice(0, 10));
  const gone = Math.min(days, Math.max(0, (today - Date.parse(from)) / day + 1));
  const pace = (whole, spent) => {
    const expected = ((whole / 100n) * BigInt(gone)) / BigInt(days);
    const left = BigInt(days - gone + 1);
    return {
      gone: ((gone / days) * 100).toFixed(2),
      expected: text(expected * 100n),
      ahead: text(spent - expected * 100n),
      per_day: gone === days ? null : text(((whole - spent) / left / 100n) * 100n),
    };
  };
  return { days, gone, pace };
}

const envelopeOf = (carried, assigned, spent, available) => ({
  carried: text(carried),
  assigned: text(assigned),
  activity: text(-spent),
  refunded_to_debt: "0.00",
  available: text(available),
  overspent_in_cash: text(available < 0n ? -available : 0n),
  overspent_on_credit: "0.00",
  missing_rates: [],
});

function lineOf(books, months, period, category, pace) {
  const plan = planOf(books);
  const kept = plan.budgets.get(category.id);
  const budget = kept && !kept.deleted_at ? kept : null;
  const spent = months.at(-1).spent.get(category.id) ?? 0n;
  const isIncome = category.kind === "income";
  const isLine = budget || spent !== 0n;
  const { carried, available } = book.envelope(plan, months, category.id, budget?.rollover);
  const limit = book.assigned(plan, period, category.id);
  return {
    category_id: category.id,
    name: category.name,
    parent_id: category.parent_id,
    is_income: isIncome,
    budget,
    limit: isLine ? limitOf(carried, limit, isIncome ? -spent : spent, pace) : null,
    envelope: isLine && !isIncome ? envelopeOf(carried, limit, spent, available) : null,
    total_limit: null,
    total_envelope: null,
  };
}

/** Those above a line are shown for its sake. */
function linesOf(books, months, period, pace) {
  const all = books.categories
    .filter((category) => !category.deleted_at)
    .map((category) => lineOf(books, months, period, category, pace));
  const parents = new Set(all.filter(({ limit }) => limit).map((line) => line.parent_id));
  return all.filter((line) => line.limit || parents.has(line.category_id));
}

function cardsOf(books, months, period) {
  const plan = planOf(books);
  const { used, paid } = months.at(-1);
  return books.accounts
    .filter(
      ({ kind, is_budgeted: isIn, deleted_at: gone }) => kind === "credit_card" && isIn && !gone,
    )
    .map((account) => {
      const { carried, available } = book.cardEnvelope(plan, months, account.id);
      const owed = -books.balance(account, period.to);
      return {
        account_id: account.id,
        name: account.name,
        carried: text(carried),
        assigned: text(book.assigned(plan, period, account.id)),
        reserved: text(used.get(account.id) ?? 0n),
        paid: text(paid.get(account.id) ?? 0n),
        available: text(available),
        owed: text(owed),
        unreserved: text(owed > available ? owed - available : 0n),
        missing_rates: [],
      };
    });
}

const total = (lines, pick) => sum(lines.map((line) => parsed(pick(line))));

function totalsOf(books, months, period, lines, cards) {
  const plan = planOf(books);
  const held = plan.held.get(period.name) ?? 0n;
  const inEnvelopes = sum(
    lines.map(({ envelope }) => parsed(envelope?.available ?? "0")).filter((left) => left > 0n),
  );
  const cash = sum(
    books.accounts
      .filter((a) => a.is_budgeted && a.kind !== "credit_card" && !a.deleted_at)
      .map((account) => books.balance(account, period.to)),
  );
  const ready = cash - inEnvelopes - total(cards, ({ available }) => available) - held;
  const before = plan.held.get(period.previous) ?? 0n;
  const spending = lines.filter((line) => line.envelope);
  return {
    ready_before: "0.00",
    held_before: text(before),
    income: text(months.at(-1).income),
    given_back: "0.00",
    overspent: "0.00",
    assigned: text(total(spending, ({ limit }) => limit.limit)),
    held: text(held),
    ready: text(ready),
    cash: text(cash),
    missing_rates: [],
  };
}

function partOf(lines, pace) {
  const known = lines.filter(({ limit }) => limit);
  const of = (name) => total(known, ({ limit }) => limit[name]);
  return limitOf(of("carried"), of("limit"), of("spent"), pace);
}

function show(books, name, refusal = null) {
  const plan = planOf(books);
  const period = periodOf(plan, name);
  const months = book.history(books, period);
  const { days, gone, pace } = paceOf(period);
  const lines = linesOf(books, months, period, pace);
  const cards = cardsOf(books, months, period);
  const spending = lines.filter((line) => !line.is_income);
  const kind = (wanted) =>
    partOf(
      spending.filter(({ budget }) => budget?.kind === wanted),
      pace,
    );
  const income = lines.filter((line) => line.is_income && line.budget);
  return {
    ...period,
    days,
    days_gone: gone,
    is_locked: plan.locked.has(period.name),
    can_plan: refusal === null,
    plan_refusal: refusal,
    view: plan.settings.view,
    currency: books.household.currency,
    totals: totalsOf(books, months, period, lines, cards),
    spending: partOf(spending, pace),
    flex: {
      income: partOf(income, pace),
      fixed: kind("fixed"),
      non_monthly: kind("non_monthly"),
      flexible: kind("flexible"),
      unplanned: partOf(
        spending.filter(({ budget }) => !budget),
        pace,
      ).spent,
    },
    lines,
    cards,
  };
}

/** Changes the plan, and keeps the way back. */
function change(books, name, summary, work) {
  const plan = planOf(books);
  const period = periodOf(plan, name);
  if (plan.locked.has(period.name) && summary !== "unlock") {
    throw new Refusal(409, "budget.locked", `${period.name} is locked.`);
  }
  const kept = ["budgets", "assigned", "held"].map((part) => [part, new Map(plan[part])]);
  work(plan, period);
  books.remember("budget_period", `Changed the plan: ${summary}`, () => {
    for (const [part, old] of kept) plan[part] = old;
  });
}

/** What is to be filled by which rule, the most urgent first. */
function wishes(books, plan, past, body) {
  const isWanted = (id) => !body.category_ids || body.category_ids.includes(id);
  const isSpent = (id) => past.slice(-3).some(({ spent }) => (spent.get(id) ?? 0n) > 0n);
  const known = [...plan.budgets.values()].filter((budget) => !budget.deleted_at);
  const added = body.new_budgets
    ? books.categories.filter(
        ({ id, kind }) =>
          kind === "expense" && isSpent(id) && !known.some((b) => b.category_id === id),
      )
    : [];
  return [
    ...known.map((budget) => ({ ...budget, rule: body.rule ?? budget.fill, isNew: false })),
    ...added.map(({ id, name: called }) => ({
      category_id: id,
      name: called,
      priority: 1,
      rule: body.rule,
      isNew: true,
    })),
  ]
    .filter(({ category_id: id, rule }) => rule && isWanted(id))
    .sort((a, b) => a.priority - b.priority);
}

function fill(books, name, body) {
  const before = show(books, name);
  const plan = planOf(books);
  const period = periodOf(plan, name);
  const past = book.history(books, periodOf(plan, period.previous)).slice(-6);
  const income = parsed(before.totals.income);
  let ready = plan.settings.view === "envelope" ? parsed(before.totals.ready) : null;
  const rows = wishes(books, plan, past, body).map(
    ({ category_id: id, name: called, rule, isNew }) => {
      const had = book.assigned(plan, period, id);
      const wish = book.asked(rule, { books, plan, period, id, past, income });
      const more = wish > had ? wish - had : 0n;
      const given = ready === null || more <= ready ? more : ready > 0n ? ready : 0n;
      if (ready !== null) ready -= given;
      return {
        category_id: id,
        name: called,
        is_new: isNew,
        before: text(had),
        after: text(had + given),
        asked: text(wish),
        short: text(more - given),
        rule: rule.rule,
        periods: rule.periods ?? null,
        times: rule.rule === "weekly" ? 4 : null,
      };
    },
  );
  if (!body.preview) {
    change(books, name, "fill", () => {
      for (const row of rows) {
        const id = row.category_id;
        if (row.is_new) plan.budgets.set(id, book.fresh(books, { category_id: id }));
        book.assign(plan, period, id, parsed(row.after));
      }
    });
  }
  return {
    period: period.name,
    is_preview: body.preview ?? false,
    rows,
    given: text(total(rows, ({ after }) => after) - total(rows, ({ before: had }) => had)),
    ready_after: ready === null ? null : text(ready),
    short: text(total(rows, ({ short }) => short)),
  };
}

function move(books, name, from, to, amount) {
  change(books, name, "move", (plan, period) => {
    if (from) book.assign(plan, period, from, book.assigned(plan, period, from) - amount);
    if (to) book.assign(plan, period, to, book.assigned(plan, period, to) + amount);
  });
}

function coverBy(books, name, { category_id: id, from_id: from }) {
  const { lines, cards, totals } = show(books, name);
  const left = (wanted) =>
    parsed(
      lines.find((line) => line.category_id === wanted)?.envelope.available ??
        cards.find((card) => card.account_id === wanted)?.available ??
        totals.ready,
    );
  const missing = -left(id);
  move(books, name, from, id, missing < left(from) ? missing : left(from));
}

/** The flexible number, in proportion; the last gets what is left over. */
function divide(books, name, amount) {
  change(books, name, "flex", (plan, period) => {
    const all = [...plan.budgets.values()].filter((b) => b.kind === "flexible" && !b.deleted_at);
    const whole = sum(all.map((b) => book.assigned(plan, period, b.category_id)));
    let rest = amount;
    all.forEach(({ category_id: id }, index) => {
      const share = whole > 0n ? (book.assigned(plan, period, id) * amount) / whole : 0n;
      const part = index === all.length - 1 ? rest : (share / 100n) * 100n;
      rest -= part;
      book.assign(plan, period, id, part);
    });
  });
}

function settle(books, body) {
  const { settings } = planOf(books);
  return Object.assign(settings, body, { version: settings.version + 1, updated_at: now() });
}

function touch(books, id, body) {
  const budget = planOf(books).budgets.get(id);
  if (!budget) throw new Refusal(404, "budget.not_found", "There is no such budget");
  return Object.assign(budget, body, { version: budget.version + 1, updated_at: now() });
}

const route = (path) =>
  new RegExp(`^${path.replace(":month", "([^/]+)").replace(":id", "([0-9a-f-]{36})")}$`);

/** What somebody's changes of the plan are refused with. */
function refusalOf({ home, person }) {
  const { id } = person.user;
  if (home.members.get(id)?.role === "viewer") return "household.read_only";
  const isPartial = [...home.visibility.values()].some(
    ({ visibility, members }) =>
      visibility !== "all" && members.includes(id) !== (visibility === "only"),
  );
  return isPartial ? "budget.private" : null;
}

const on = (method, path, work, status = 200) => [
  method,
  route(path),
  (call) => ({ status, data: work(call) ?? show(call.books, call.id, refusalOf(call)) }),
];

export function budgetRoutes() {
  return [
    on("GET", "/budgets/settings", ({ books }) => planOf(books).settings),
    on("PATCH", "/budgets/settings", ({ books, body }) => settle(books, body)),
    on(
      "POST",
      "/budgets",
      ({ books, body }) => {
        const made = book.fresh(books, body);
        planOf(books).budgets.set(body.category_id, made);
        return made;
      },
      201,
    ),
    on("PATCH", "/budgets/categories/:id", ({ books, id, body }) => touch(books, id, body)),
    [
      "DELETE",
      route("/budgets/categories/:id"),
      ({ books, id }) => {
        touch(books, id, { deleted_at: now() });
        return { status: 204 };
      },
    ],
    on("POST", "/budgets/categories/:id/restore", ({ books, id }) =>
      touch(books, id, { deleted_at: null }),
    ),
    ...periodRoutes(),
  ];
}

function periodRoutes() {
  return [
    on("GET", "/budgets/:month", () => null),
    on("POST", "/budgets/:month/move", ({ books, id, body }) =>
      move(books, id, body.from_id, body.to_id, parsed(body.amount)),
    ),
    on("POST", "/budgets/:month/cover", ({ books, id, body }) => coverBy(books, id, body)),
    on("POST", "/budgets/:month/hold", ({ books, id, body }) =>
      change(books, id, "hold", (plan, { name }) => {
        plan.held.set(name, parsed(body.amount));
      }),
    ),
    on("POST", "/budgets/:month/flexible", ({ books, id, body }) =>
      divide(books, id, parsed(body.amount)),
    ),
    on("POST", "/budgets/:month/fill", ({ books, id, body }) => fill(books, id, body)),
    on("POST", "/budgets/:month/lock", ({ books, id }) => {
      const plan = planOf(books);
      plan.locked.add(periodOf(plan, id).name);
    }),
    on("POST", "/budgets/:month/unlock", ({ books, id }) => {
      const plan = planOf(books);
      plan.locked.delete(periodOf(plan, id).name);
    }),
    [
      "PUT",
      /^\/budgets\/([^/]+)\/([0-9a-f-]{36})$/,
      ({ books, id, ids, body }) => {
        change(books, id, "assign", (plan, period) => {
          book.assign(plan, period, ids[1], parsed(body.amount));
        });
        return { data: show(books, id) };
      },
    ],
  ];
}
