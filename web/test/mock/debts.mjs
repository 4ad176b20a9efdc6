// Debts as the server keeps them: terms on accounts, one plan a household, walked month by month.
import { now, parsed, Refusal, text } from "./books.mjs";
import { list } from "./answers.mjs";

const wrong = (field, message) =>
  new Refusal(422, "validation.failed", "Some fields are wrong", {
    fields: [{ field, code: "invalid", message }],
  });
const monthAt = (index) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
const nextMonth = () => Number(now().slice(0, 4)) * 12 + Number(now().slice(5, 7));
/** Ten-thousandths of a percent to cents of an amount. */
const share = (amount, percent, parts) => {
  const wanted = amount * parsed(percent);
  const whole = 1_000_000n * BigInt(parts) * 100n;
  return ((2n * wanted + whole) / (2n * whole)) * 100n;
};
const least = (a, b) => (a < b ? a : b);
const most = (a, b) => (a > b ? a : b);
const sum = (items) => items.reduce((total, item) => total + item, 0n);

function minimum(terms, owed) {
  const part = terms.minimum_kind === "share" ? share(owed, terms.minimum_share, 1) : 0n;
  return least(most(parsed(terms.minimum_amount), part), owed);
}

function owing(books) {
  return books.accounts.filter(
    (a) => !a.deleted_at && !a.closed_at && books.showAccount(a).class === "liability",
  );
}

function show(books, account) {
  const balance = books.balance(account);
  const owed = most(-balance, 0n);
  const terms = books.debtTerms.get(account.id);
  const interest = terms ? share(owed, terms.yearly_rate, 12) : 0n;
  const payment = terms ? minimum(terms, owed + interest) : 0n;
  return {
    account_id: account.id,
    name: account.name,
    kind: account.kind,
    currency: account.currency,
    balance: text(balance),
    owed: text(owed),
    terms: terms
      ? {
          ...terms,
          monthly_interest: text(interest),
          minimum_payment: text(payment),
          is_covered: interest === 0n || payment > interest,
        }
      : null,
  };
}

function setTerms(books, account, body) {
  if (parsed(body.yearly_rate) > 10_000_000n) throw wrong("yearly_rate", "is too high");
  if (body.minimum_kind === "fixed" && parsed(body.minimum_amount) <= 0n) {
    throw wrong("minimum_amount", "must be above zero");
  }
  const known = books.debtTerms.get(account.id);
  books.debtTerms.set(account.id, {
    minimum_share: null,
    ...body,
    position: known?.position ?? books.debtTerms.size + 1,
    version: (known?.version ?? 0) + 1,
    created_at: known?.created_at ?? now(),
    updated_at: now(),
  });
}

const rank = {
  avalanche: (a, b) => Number(parsed(b.terms.yearly_rate) - parsed(a.terms.yearly_rate)),
  snowball: (a, b) => Number(a.left - b.left),
};

function walk(debts, compareTo, extra, isPlan) {
  const state = debts.map((debt) => ({ ...debt, left: debt.owed, rows: [], interest: 0n }));
  const first = sum(
    state.map((d) => minimum(d.terms, d.owed + share(d.owed, d.terms.yearly_rate, 12))),
  );
  const budget = first + extra;
  const from = nextMonth();
  for (let month = 0; month < 1200 && state.some((d) => d.left > 0n); month += 1) {
    const before = sum(state.map((d) => d.left));
    const open = state.filter((d) => d.left > 0n);
    for (const debt of open) {
      debt.charged = share(debt.left, debt.terms.yearly_rate, 12);
      debt.paid = minimum(debt.terms, debt.left + debt.charged);
    }
    let more = budget - sum(open.map((d) => d.paid));
    for (const debt of isPlan ? [...open].sort(compareTo) : []) {
      const part = least(more, debt.left + debt.charged - debt.paid);
      if (part <= 0n) continue;
      debt.paid += part;
      more -= part;
    }
    for (const debt of open) {
      debt.left += debt.charged - debt.paid;
      debt.interest += debt.charged;
      debt.rows.push({ month: monthAt(from + month), ...debt, balance: debt.left });
    }
    if (sum(state.map((d) => d.left)) >= before) {
      return { end: "never", state, stuck: open.map(({ id }) => id) };
    }
  }
  const isFree = state.every((d) => d.left === 0n);
  return { end: isFree ? "free" : "too_long", state, stuck: [] };
}

const lengthOf = ({ state }) => Math.max(0, ...state.map(({ rows }) => rows.length));

function course(walked) {
  const months = lengthOf(walked);
  const isFree = walked.end === "free";
  return {
    end: months === 0 ? "nothing_owed" : walked.end,
    month: isFree && months > 0 ? monthAt(nextMonth() + months - 1) : null,
    months,
    interest: text(sum(walked.state.map((d) => d.interest))),
    stuck: walked.stuck,
  };
}

const row = (r) => ({
  month: r.month,
  interest: text(r.charged),
  payment: text(r.paid),
  principal: text(r.paid - r.charged),
  balance: text(r.balance),
});

function together(plan, alone) {
  const months = [];
  for (let index = 0; index < lengthOf(plan); index += 1) {
    const rows = plan.state.flatMap(({ rows: own }) => own[index] ?? []);
    const total = (key) => sum(rows.map((r) => r[key]));
    const left = (walked) => sum(walked.state.map(({ rows: own }) => own[index]?.balance ?? 0n));
    months.push({
      month: monthAt(nextMonth() + index),
      interest: text(total("charged")),
      payment: text(total("paid")),
      principal: text(total("paid") - total("charged")),
      balance: text(left(plan)),
      minimums_balance: text(left(alone)),
    });
  }
  return months;
}

function plan(books, query) {
  const settings = { ...books.debtSettings };
  const strategy = query.strategy ?? settings.strategy;
  const extra = query.extra ?? settings.extra_amount;
  const order = query.order?.split(",") ?? settings.order;
  const place = (debt) => (order.includes(debt.id) ? order.indexOf(debt.id) : order.length);
  const debts = owing(books).flatMap((account) => {
    const shown = show(books, account);
    if (!shown.terms) return [];
    return [{ id: account.id, name: account.name, owed: parsed(shown.owed), terms: shown.terms }];
  });
  const planned = walk(
    debts,
    rank[strategy] ?? ((a, b) => place(a) - place(b)),
    parsed(extra),
    true,
  );
  const alone = walk(debts, null, 0n, false);
  const isSaved = planned.end === "free" && alone.end === "free";
  const [with_, without] = [course(planned), course(alone)];
  const months = together(planned, alone);
  const free = ({ rows, left }) => (left === 0n ? (rows.at(-1)?.month ?? null) : null);
  return {
    currency: books.household.currency,
    strategy,
    extra_amount: text(parsed(extra)),
    from: monthAt(nextMonth()),
    owed: text(sum(debts.map((d) => d.owed))),
    monthly_payment: text(sum(debts.map((d) => parsed(d.terms.minimum_payment))) + parsed(extra)),
    plan: with_,
    minimums_only: without,
    interest_saved: isSaved ? text(parsed(without.interest) - parsed(with_.interest)) : null,
    months_saved: isSaved ? without.months - with_.months : null,
    debts: planned.state.map((debt, index) => ({
      account_id: debt.id,
      name: debt.name,
      owed: text(debt.owed),
      yearly_rate: debt.terms.yearly_rate,
      is_covered: debt.terms.is_covered,
      interest: text(debt.interest),
      free_month: free(debt),
      minimums_free_month: free(alone.state[index]),
      rows: debt.rows.map(row).slice(0, planned.end === "free" ? undefined : 120),
    })),
    months: months.slice(0, planned.end === "free" ? undefined : 120),
    without_terms: owing(books)
      .filter((a) => !books.debtTerms.has(a.id) && books.balance(a) < 0n)
      .map(({ id }) => id),
    missing_rates: [],
  };
}

export function debtRoutes(at) {
  const one = (books, id) => books.find(books.accounts, id);
  return [
    [
      "GET",
      at("/debts"),
      ({ books }) => {
        const place = ({ terms }) => terms?.position ?? 1000;
        return list(
          owing(books)
            .map((account) => show(books, account))
            .sort((a, b) => place(a) - place(b)),
        );
      },
    ],
    ["GET", at("/debts/settings"), ({ books }) => ({ data: books.debtSettings })],
    [
      "PATCH",
      at("/debts/settings"),
      ({ books, body }) => {
        const { version } = books.debtSettings;
        Object.assign(books.debtSettings, body, { version: version + 1, updated_at: now() });
        body.order?.forEach((id, index) => (books.debtTerms.get(id).position = index + 1));
        return { data: books.debtSettings };
      },
    ],
    ["GET", at("/debts/plan"), ({ books, query }) => ({ data: plan(books, query) })],
    [
      "PUT",
      at("/debts/:id"),
      ({ books, id, body }) => {
        setTerms(books, one(books, id), body);
        return { data: show(books, one(books, id)) };
      },
    ],
    [
      "DELETE",
      at("/debts/:id"),
      ({ books, id }) => {
        books.goneTerms.set(id, books.debtTerms.get(id));
        books.debtTerms.delete(id);
        return { status: 204 };
      },
    ],
    [
      "POST",
      at("/debts/:id/restore"),
      ({ books, id }) => {
        books.debtTerms.set(id, books.goneTerms.get(id));
        return { data: show(books, one(books, id)) };
      },
    ],
  ];
}
