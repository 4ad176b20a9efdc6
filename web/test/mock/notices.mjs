// Notices as the server keeps them, a page of believable ones, and the stream of events.
import { randomUUID } from "node:crypto";
import { at, none, refusal } from "./answers.mjs";
import { now } from "./books.mjs";

const mail = ["off", "at_once", "daily", "weekly"];
const usual = {
  budget_warning: "daily",
  budget_spent: "daily",
  bill_due: "at_once",
  bill_missed: "at_once",
  price_rise: "daily",
  low_balance_ahead: "at_once",
  large_transaction: "daily",
  unusual_transaction: "daily",
  goal_reached: "daily",
  import_finished: "off",
  new_device: "at_once",
  backup_failed: "at_once",
  task_assigned: "daily",
  task_due: "daily",
};

const nothing = Object.fromEntries(
  "account_id category_id transaction_id task_id import_id name payee currency amount limit percent period date count device address"
    .split(" ")
    .map((key) => [key, null]),
);

const day = (by) => new Date(Date.now() + by * 86_400_000).toISOString().slice(0, 10);
const euros = (amount, limit = null) => ({ currency: "EUR", amount, limit });

const month = () => new Date().toISOString().slice(0, 7);
const told = () => [
  [
    0.2,
    "budget_warning",
    `/budget?period=${month()}`,
    { name: "Groceries", percent: 80, period: month(), ...euros("412.30", "500.00") },
  ],
  [
    2,
    "low_balance_ahead",
    "/accounts",
    { name: "Current account", date: day(6), ...euros("-38.20", "100.00") },
  ],
  [5, "task_due", "/tasks", { name: "Answer the tax office", date: day(0) }],
  [
    26,
    "large_transaction",
    "/transactions?q=Kitchen",
    { name: "Current account", payee: "Kitchen & Bath Ltd", date: day(-1), ...euros("-4200.00") },
  ],
  [28, "import_finished", "/imports", { name: "statement-2026-11.csv", count: 214 }],
  [30, "bill_due", "/tasks", { name: "Electricity", date: day(3), ...euros("86.40") }],
  [
    51,
    "new_device",
    "/settings/security",
    { device: "Mozilla/5.0 (iPhone) Safari/605.1", address: "192.0.2.44" },
  ],
  [75, "price_rise", "/tasks", { name: "Music for everyone", ...euros("12.99", "10.99") }],
  [
    99,
    "budget_spent",
    `/budget?period=${month()}`,
    {
      name: "Eating out and everything that goes with it",
      percent: 100,
      period: month(),
      ...euros("204.10", "200.00"),
    },
  ],
  [120, "goal_reached", "/tasks", { name: "Emergency fund", ...euros("6000.00", "6000.00") }],
  [144, "backup_failed", null, {}],
];

function noticesOf(person) {
  person.notices ??= [];
  return person.notices;
}

const ofNobody = ["new_device", "backup_failed"];

function add(call, hours, kind, link, details) {
  const home = call.home.books.household;
  noticesOf(call.person).push({
    id: randomUUID(),
    kind,
    household_id: ofNobody.includes(kind) ? null : home.id,
    household_name: ofNobody.includes(kind) ? null : home.name,
    at: new Date(Date.now() - hours * 3_600_000).toISOString(),
    read_at: hours > 40 ? now() : null,
    text: `${details.name ?? kind} is told.`,
    link,
    details: { ...nothing, ...details },
  });
}

/** For pictures and tests of the pages; the real server is told by what happens. */
function fill(call) {
  for (const [hours, kind, link, details] of told()) add(call, hours, kind, link, details);
  noticesOf(call.person).sort((a, b) => (a.at < b.at ? 1 : -1));
  tell(call.person);
  return none;
}

/** As the server does when somebody's import is in the books. */
export function tellImport(call, { id, file_name, new: count }) {
  add(call, 0, "import_finished", `/imports/${id}`, { name: file_name, count, import_id: id });
  noticesOf(call.person).sort((a, b) => (a.at < b.at ? 1 : -1));
  tell(call.person);
}

const count = (person) => noticesOf(person).filter(({ read_at }) => read_at === null).length;

function find({ person, id }) {
  const notice = noticesOf(person).find((item) => item.id === id);
  if (!notice) throw refusal(404, "notice.not_found", "There is no such notice.");
  return notice;
}

function list({ person, query }) {
  const found = noticesOf(person).filter(
    (item) =>
      (!query.unread || (query.unread === "true") === (item.read_at === null)) &&
      (!query.kind || item.kind === query.kind) &&
      (!query.household_id || item.household_id === query.household_id),
  );
  const limit = Number(query.limit ?? 50);
  const start = Number(query.cursor ?? 0);
  const end = start + limit;
  return {
    data: found.slice(start, end),
    pagination: {
      page: null,
      per_page: limit,
      total: found.length,
      total_pages: Math.ceil(found.length / limit),
      next_cursor: end < found.length ? String(end) : null,
    },
  };
}

function preferencesOf(person) {
  person.noticePreferences ??= {
    kinds: Object.entries(usual).map(([kind, pace]) => ({ kind, in_app: true, mail: pace })),
    quiet_from: null,
    quiet_to: null,
    digest_hour: 7,
    digest_weekday: "monday",
    budget_warning_percent: 80,
    budget_spent_percent: 100,
    large: {},
    version: 1,
    updated_at: null,
  };
  return person.noticePreferences;
}

function showPreferences(person) {
  const { large, ...kept } = preferencesOf(person);
  const isAdmin = person.user.system_role === "admin";
  return {
    ...kept,
    kinds: kept.kinds
      .filter(({ kind }) => isAdmin || kind !== "backup_failed")
      .map((item) => ({
        ...item,
        mail_choices: item.kind === "new_device" ? ["at_once"] : mail,
      })),
    large_amounts: person.homes.map(({ books: { household } }) => ({
      household_id: household.id,
      household_name: household.name,
      currency: household.currency,
      amount: large[household.id] ?? "1000.00",
    })),
    time_zone: person.user.time_zone,
    mail: { address: person.user.email, is_verified: person.user.email_verified, is_set_up: true },
  };
}

function savePreferences({ person, body: { kinds, large_amounts = [], ...rest } }) {
  const kept = preferencesOf(person);
  const wrong = (field, message) =>
    Object.assign(refusal(422, "validation.failed", "Some fields are wrong"), {
      details: { fields: [{ field, code: "invalid", message }] },
    });
  const { budget_warning_percent: warning } = rest;
  if (!(warning >= 1 && warning <= 99)) {
    throw wrong("budget_warning_percent", "must be between 1 and 99");
  }
  for (const item of kept.kinds)
    Object.assign(
      item,
      kinds.find(({ kind }) => kind === item.kind),
    );
  for (const { household_id: id, amount } of large_amounts) kept.large[id] = amount;
  Object.assign(kept, rest, { version: kept.version + 1, updated_at: now() });
  return { data: showPreferences(person) };
}

const streams = new Set();

const event = (type, data) => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

function tell(person) {
  for (const stream of streams) {
    if (stream.person === person) stream.write(event("notice", { unread: count(person) }));
  }
}

/** After any change: whoever belongs to the household is told its version. */
export function tellVersion({ household }) {
  household.version = (household.version ?? 1) + 1;
  for (const stream of streams) {
    if (!stream.person.homes.some(({ books }) => books.household === household)) continue;
    stream.write(event("version", { household_id: household.id, version: household.version }));
  }
}

function open({ person }, response) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  const stream = { person, write: (text) => response.write(text) };
  streams.add(stream);
  stream.write("retry: 1000\n\n");
  for (const { books } of person.homes) {
    const { id, version = 1 } = books.household;
    stream.write(event("version", { household_id: id, version }));
  }
  stream.write(event("notice", { unread: count(person) }));
  const beat = setInterval(() => stream.write(": beat\n\n"), 20_000);
  response.on("close", () => {
    clearInterval(beat);
    streams.delete(stream);
  });
}

const changed = (call, read_at) => {
  const notice = Object.assign(find(call), { read_at });
  tell(call.person);
  return { data: notice };
};

export const noticeRoutes = [
  ["GET", at("/events"), (call) => ({ stream: (response) => open(call, response) })],
  ["POST", at("/notices/fill"), fill],
  ["GET", at("/notices"), list],
  ["GET", at("/notices/unread"), ({ person }) => ({ data: { unread: count(person) } })],
  [
    "POST",
    at("/notices/read"),
    ({ person }) => {
      for (const item of noticesOf(person)) item.read_at ??= now();
      tell(person);
      return { data: { unread: 0 } };
    },
  ],
  ["POST", at("/notices/:id/read"), (call) => changed(call, now())],
  ["POST", at("/notices/:id/unread"), (call) => changed(call, null)],
  [
    "DELETE",
    at("/notices/:id"),
    (call) => {
      const { person } = call;
      const gone = find(call);
      person.notices = noticesOf(person).filter((item) => item !== gone);
      tell(person);
      return none;
    },
  ],
  ["GET", at("/notices/preferences"), ({ person }) => ({ data: showPreferences(person) })],
  ["PUT", at("/notices/preferences"), savePreferences],
];
