import { budgetRoutes } from "./budgets.mjs";
import { dashboard, netWorth } from "./analytics.mjs";
import { billRoutes, paidBy } from "./bills.mjs";
import { now, Refusal } from "./books.mjs";
import { calendarRoutes } from "./calendar.mjs";
import { fillWithDemo } from "./demo.mjs";
import * as imports from "./imports.mjs";
import { debtRoutes } from "./debts.mjs";
import { goalRoutes } from "./goals.mjs";
import { identityRoutes } from "./identityRoutes.mjs";
import { sharingRoutes } from "./sharingRoutes.mjs";
import { noticeRoutes, tellImport } from "./notices.mjs";
import { taskRoutes } from "./tasks.mjs";

const uuid = "([0-9a-f-]{36})";
const at = (path) => new RegExp(`^${path.replace(":id", uuid)}$`);
const list = (data) => ({
  data,
  pagination: {
    page: 1,
    per_page: data.length,
    total: data.length,
    total_pages: 1,
    next_cursor: null,
  },
});

function page(rows, query, show) {
  const limit = Math.min(500, Number(query.limit ?? 50));
  const start = query.cursor ? Number(query.cursor) : (Number(query.page ?? 1) - 1) * limit;
  const end = start + limit;
  return {
    data: rows.slice(start, end).map(show),
    pagination: {
      page: query.cursor ? null : Number(query.page ?? 1),
      per_page: limit,
      total: rows.length,
      total_pages: Math.ceil(rows.length / limit),
      next_cursor: end < rows.length ? String(end) : null,
    },
  };
}

const remove = (item) => {
  Object.assign(item, { deleted_at: now(), version: item.version + 1 });
  return { status: 204 };
};
const restore = (item) => Object.assign(item, { deleted_at: null, version: item.version + 1 });

function balances(books, id, { from, to }) {
  const account = books.find(books.accounts, id);
  const points = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += 86400000) {
    const date = new Date(time).toISOString().slice(0, 10);
    points.push({
      date,
      balance: books.showAccount({
        ...account,
        opening: books.balance(account, date) - books.balance(account) + account.opening,
      }).balance,
    });
  }
  return { account_id: id, currency: account.currency, points };
}

function bulk(books, { action, ids, filter, patch = {} }) {
  const chosen = ids ? ids.map((id) => books.find(books.transactions, id)) : books.filtered(filter);
  const { add_tags, ...rest } = patch;
  for (const item of chosen) {
    if (action === "delete") remove(item);
    else if (action === "restore") restore(item);
    else
      books.patch(
        item,
        add_tags ? { ...rest, tags: [...new Set([...item.tags, ...add_tags])] } : rest,
      );
  }
  return { affected: chosen.length };
}

function suggestions(books) {
  const live = books.transactions.filter((t) => !t.deleted_at && t.source === "import");
  const out = [];
  for (const a of live.filter((t) => t.type === "expense")) {
    const b = books.transactions.find(
      (t) =>
        !t.deleted_at &&
        t.type === "income" &&
        t.amount === a.amount &&
        t.account_id !== a.account_id &&
        !books.rejected.has(a.id + t.id),
    );
    if (b)
      out.push({
        id: a.id + b.id,
        score: 82,
        out: books.showTransaction(a),
        in: books.showTransaction(b),
        days_apart: 2,
        reason: "Same amount, two days apart",
      });
  }
  return out;
}

function removeCategory(books, id, moveTo) {
  const category = books.find(books.categories, id);
  const used = books.transactions.filter((t) => t.category_id === id && !t.deleted_at);
  if (used.length > 0 && !moveTo) {
    throw new Refusal(409, "category.in_use", "This category has transactions", {
      transaction_count: used.length,
    });
  }
  for (const t of used) t.category_id = moveTo;
  return remove(category);
}

const payees = (books, q = "") => {
  const counts = new Map();
  for (const t of books.transactions)
    if (t.payee) counts.set(t.payee, [...(counts.get(t.payee) ?? []), t]);
  return [...counts]
    .filter(([name]) => name.toLowerCase().includes(q.toLowerCase()))
    .slice(0, 8)
    .map(([name, all]) => ({
      id: name,
      name,
      last_category_id: all.at(-1).category_id,
      transaction_count: all.length,
    }));
};
const codes = [
  ["EUR", "Euro", 2],
  ["GBP", "Pound sterling", 2],
  ["USD", "US dollar", 2],
  ["JPY", "Yen", 0],
  ["CHF", "Swiss franc", 2],
];
const account = (b, id) => b.find(b.accounts, id);
const live = (items, query) =>
  items.filter((item) => query.include_deleted === "true" || !item.deleted_at);
const shownTransaction = (b, id) => {
  const t = b.find(b.transactions, id);
  return { ...b.showTransaction(t), postings: [] };
};

export const routes = [
  ...identityRoutes,
  ...sharingRoutes,
  ...budgetRoutes(),
  ...taskRoutes(at),
  ...goalRoutes(at),
  ...debtRoutes(at),
  ...billRoutes(at),
  ...calendarRoutes(at),
  ...noticeRoutes,
  [
    "GET",
    at("/currencies"),
    () => ({ data: codes.map(([code, name, minor_digits]) => ({ code, name, minor_digits })) }),
  ],
  [
    "POST",
    at("/demo"),
    ({ books, body }) => ({
      data: { transactions: fillWithDemo(books, body.transactions ?? 5000) },
    }),
  ],
  [
    "GET",
    at("/accounts"),
    ({ books: b, query }) =>
      list(
        live(b.accounts, query)
          .sort((x, y) => x.position - y.position)
          .map((a) => b.showAccount(a)),
      ),
  ],
  [
    "POST",
    at("/accounts"),
    ({ home: item, books: b, body: { visibility, members, ...body } }) => {
      const made = b.addAccount(body);
      if (visibility) item.visibility.set(made.id, { visibility, members });
      return { status: 201, data: b.showAccount(made) };
    },
  ],
  [
    "PUT",
    at("/accounts/order"),
    ({ books: b, body }) => {
      body.ids.forEach((id, index) => (account(b, id).position = index));
      return list([]);
    },
  ],
  [
    "PATCH",
    at("/accounts/:id"),
    ({ books: b, id, body }) => ({ data: b.showAccount(b.patch(account(b, id), body)) }),
  ],
  ["DELETE", at("/accounts/:id"), ({ books: b, id }) => remove(account(b, id))],
  [
    "POST",
    at("/accounts/:id/restore"),
    ({ books: b, id }) => ({ data: b.showAccount(restore(account(b, id))) }),
  ],
  [
    "GET",
    at("/accounts/:id/balances"),
    ({ books: b, id, query }) => ({ data: balances(b, id, query) }),
  ],
  [
    "GET",
    at("/categories"),
    ({ books: b, query }) => list(live(b.categories, query).map((c) => b.showCategory(c))),
  ],
  [
    "POST",
    at("/categories"),
    ({ books: b, body }) => ({ status: 201, data: b.showCategory(b.addCategory(body)) }),
  ],
  [
    "PATCH",
    at("/categories/:id"),
    ({ books: b, id, body }) => ({ data: b.showCategory(b.patch(b.find(b.categories, id), body)) }),
  ],
  [
    "DELETE",
    at("/categories/:id"),
    ({ books: b, id, query }) => removeCategory(b, id, query.move_to),
  ],
  [
    "POST",
    at("/categories/:id/restore"),
    ({ books: b, id }) => ({ data: b.showCategory(restore(b.find(b.categories, id))) }),
  ],
  [
    "GET",
    at("/transactions"),
    ({ books: b, query }) =>
      page(b.filtered(query), query, (t) => b.showTransaction(t, query.account_id)),
  ],
  [
    "POST",
    at("/transactions"),
    ({ books: b, body }) => ({ status: 201, data: shownTransaction(b, b.addTransaction(body).id) }),
  ],
  ["POST", at("/transactions/bulk"), ({ books: b, body }) => ({ data: bulk(b, body) })],
  [
    "GET",
    at("/transactions/:id"),
    ({ books: b, id }) => ({ data: { ...shownTransaction(b, id), bill: paidBy(b, id) } }),
  ],
  [
    "PATCH",
    at("/transactions/:id"),
    ({ books: b, id, body }) => ({
      data: shownTransaction(b, b.patch(b.find(b.transactions, id), body).id),
    }),
  ],
  ["DELETE", at("/transactions/:id"), ({ books: b, id }) => remove(b.find(b.transactions, id))],
  [
    "POST",
    at("/transactions/:id/restore"),
    ({ books: b, id }) => ({ data: shownTransaction(b, restore(b.find(b.transactions, id)).id) }),
  ],
  [
    "GET",
    at("/tags"),
    ({ books: b }) => ({
      data: [...new Set(b.transactions.flatMap((t) => t.tags))].map((name) => ({ name, count: 1 })),
    }),
  ],
  ["GET", at("/payees"), ({ books: b, query }) => ({ data: payees(b, query.q) })],
  ["GET", at("/imports"), ({ books: b }) => list(b.imports.map((i) => imports.show(b, i)))],
  [
    "POST",
    at("/imports"),
    async ({ books: b, body, query }) => {
      const file = body.get("file");
      return {
        status: 201,
        data: imports.show(b, imports.upload(b, file.name, await file.text(), query.account_id)),
      };
    },
  ],
  [
    "GET",
    at("/imports/:id"),
    ({ books: b, id }) => ({ data: imports.show(b, b.find(b.imports, id)) }),
  ],
  [
    "PATCH",
    at("/imports/:id"),
    ({ books: b, id, body }) => {
      imports.update(b, b.find(b.imports, id), body);
      return { data: imports.show(b, b.find(b.imports, id)) };
    },
  ],
  [
    "DELETE",
    at("/imports/:id"),
    ({ books: b, id }) => {
      imports.undo(b, b.find(b.imports, id));
      return { data: imports.show(b, b.find(b.imports, id)) };
    },
  ],
  [
    "POST",
    at("/imports/:id/commit"),
    (call) => {
      const { books: b, id } = call;
      imports.commit(b, b.find(b.imports, id));
      const batch = imports.show(b, b.find(b.imports, id));
      tellImport(call, batch);
      return { status: 202, data: batch };
    },
  ],
  [
    "GET",
    at("/imports/:id/rows"),
    ({ books: b, id, query }) => {
      const all = imports.rows(b, b.find(b.imports, id));
      return page(
        all.filter((row) => !query.state || row.state === query.state),
        query,
        (row) => row,
      );
    },
  ],
  ["GET", at("/transfers/suggestions"), ({ books }) => ({ data: suggestions(books) })],
  [
    "POST",
    at("/transfers/reject"),
    ({ books, body }) => {
      books.rejected.add(body.out_id + body.in_id);
      return { status: 204 };
    },
  ],
  ["GET", at("/analytics/dashboard"), ({ books, query }) => ({ data: dashboard(books, query) })],
  ["GET", at("/analytics/net-worth"), ({ books, query }) => ({ data: netWorth(books, query) })],
];
