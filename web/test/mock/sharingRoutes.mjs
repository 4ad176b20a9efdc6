// What the server answers about households, their trail, and the administration.
import { randomUUID } from "node:crypto";
import { at, drop, fresh, list, none, refusal } from "./answers.mjs";
import { Books, now } from "./books.mjs";
import { home, joinHome, leaveHome, newHome, showHome, showMembers } from "./homes.mjs";
import * as who from "./people.mjs";

function invite(call) {
  const { email = null, role } = call.body;
  const invitation = {
    id: randomUUID(),
    email,
    role,
    invited_by: call.person.user.name,
    created_at: now(),
    expires_at: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  };
  call.home.invitations.push(invitation);
  const token = who.letter("invitation", call.person, "/invitation", {
    home: call.home,
    role,
    invitation,
  });
  return {
    status: 201,
    data: { ...invitation, link: `${call.origin}/invitation#token=${token}` },
  };
}

function look({ body }) {
  const link = who.links.get(body.token);
  if (link?.kind !== "invitation")
    throw refusal(404, "invitation.gone", "This invitation is used up, withdrawn or too old.");
  const { invitation } = link;
  return {
    data: {
      household_name: link.home.books.household.name,
      invited_by: invitation.invited_by,
      role: invitation.role,
      email: invitation.email,
    },
  };
}

function handOver(call) {
  fresh(call);
  const { members } = call.home;
  members.get(call.person.user.id).role = "editor";
  members.get(call.body.person_id).role = "owner";
  return none;
}

function grant(call) {
  fresh(call);
  const person = who.people.get(call.body.email);
  if (!person) throw refusal(404, "grant.nobody", "No administrator has this address.");
  const { id, name, email } = person.user;
  const made = {
    id: randomUUID(),
    person: { id, name, email },
    reason: call.body.reason,
    created_at: now(),
    expires_at: new Date(Date.now() + call.body.hours * 3_600_000).toISOString(),
  };
  call.home.grants.push(made);
  return { status: 201, data: made };
}

/** The trail is made of what the books have: enough to look at. */
function trail({ home: { books }, person, query }) {
  const entries = books.transactions.slice(-60).map((item, index) => ({
    id: String(index + 1),
    at: item.created_at ?? now(),
    actor: "person",
    actor_id: person.user.id,
    actor_name: person.user.name,
    action: item.deleted_at ? "delete" : "create",
    entity: "transaction",
    entity_id: item.id,
    summary: `${item.deleted_at ? "Deleted" : "Added"} the transaction “${item.payee ?? "transfer"}”`,
    before: null,
    after: { payee: item.payee, date: item.date, state: item.state ?? "posted", tags: item.tags },
    change_count: 0,
    request_id: "0",
    address: "192.0.2.7",
    device: person.agent,
    outcome: "success",
    can_undo: !item.deleted_at,
    undone_by: null,
  }));
  const steps = books.log.map((step) => ({ ...entries[0], ...step, action: "update" }));
  const isWanted = (entry) =>
    (!query.entity || entry.entity === query.entity) &&
    (!query.q || entry.summary.toLowerCase().includes(query.q.toLowerCase()));
  return list([...entries, ...steps].reverse().filter(isWanted));
}

function undo({ home: { books }, id, person, query }) {
  const step = books.log.find((item) => item.id === id);
  if (step) {
    step.undo();
    return { data: trail({ home: { books }, person, query }).data[0] };
  }
  const item = books.transactions.slice(-60)[Number(id) - 1];
  item.deleted_at = now();
  return { data: trail({ home: { books }, person, query }).data[0] };
}

const showUser = (person) => ({
  ...person.user,
  last_seen_at: person.sessions.at(-1)?.used_at ?? null,
  disabled_at: person.disabledAt,
  deleted_at: person.deletedAt,
  has_second_factor: Boolean(person.totp?.confirmedAt) || person.passkeys.length > 0,
  sessions: person.sessions.length,
  households: person.homes.length,
});
const byId = (id) => [...who.people.values()].find(({ user }) => user.id === id);
const statusOf = (card) => (card.deleted_at ? "deleted" : card.disabled_at ? "disabled" : "active");

function users({ query }) {
  const [page, size] = [Number(query.page ?? 1), Number(query.per_page ?? 25)];
  const all = [...who.people.values()]
    .map(showUser)
    .filter(
      (card) =>
        (!query.q || `${card.name} ${card.email}`.toLowerCase().includes(query.q.toLowerCase())) &&
        (!query.status || statusOf(card) === query.status) &&
        (!query.role || card.system_role === query.role),
    );
  return {
    data: all.slice((page - 1) * size, page * size),
    pagination: {
      page,
      per_page: size,
      total: all.length,
      total_pages: Math.ceil(all.length / size),
      next_cursor: null,
    },
  };
}

function changeUser({ id, body }) {
  const person = byId(id);
  if (body.system_role) Object.assign(person, { sessions: [] }).user.system_role = body.system_role;
  if (body.is_disabled !== undefined) {
    person.disabledAt = body.is_disabled ? now() : null;
    if (body.is_disabled) person.sessions = [];
  }
  return { data: showUser(person) };
}

const legal = new Map(
  ["privacy", "terms"].map((kind) => [
    kind,
    {
      kind,
      title: kind === "privacy" ? "Privacy" : "Terms of use",
      text: "# What is kept\n\nWhat you enter, and **nothing else**.\n\n- No tracking\n- One cookie\n\nQuestions: [write to us](mailto:hello@example.org).",
      version: 1,
      updated_at: now(),
    },
  ]),
);

const system = () => ({
  version: "0.4.0",
  uptime_seconds: 93_600,
  people: who.people.size,
  households: who.people.size,
  database: { engine: "SQLite", version: "3.40.1", size_megabytes: 42 },
  redis: { state: "not configured" },
  mail: { transport: "folder", waiting: 0, failed: 1 },
});

export const sharingRoutes = [
  ["GET", at("/activity"), ({ person }) => list(person.events)],
  ["GET", at("/audit-logs"), trail],
  ["POST", at("/audit-logs/:any/undo"), undo],
  [
    "POST",
    at("/households"),
    ({ person, body }) => {
      const made = newHome(person, new Books({ currency: body.currency }), person.user.name);
      Object.assign(made.books.household, {
        name: body.name,
        week_start: body.week_start ?? "monday",
      });
      return { status: 201, data: showHome(made, person) };
    },
  ],
  [
    "POST",
    at("/households/:id/default"),
    ({ person, id }) => {
      person.default = home(person, id);
      return none;
    },
  ],
  [
    "PATCH",
    at("/household"),
    ({ home: item, person, body }) => {
      Object.assign(item.books.household, body);
      return { data: showHome(item, person) };
    },
  ],
  ["GET", at("/household/members"), ({ home: item, person }) => list(showMembers(item, person))],
  [
    "PATCH",
    at("/household/members/:id"),
    ({ home: item, person, id, body }) => {
      item.members.get(id).role = body.role;
      return { data: showMembers(item, person).find((member) => member.person_id === id) };
    },
  ],
  [
    "DELETE",
    at("/household/members/:id"),
    ({ home: item, id }) => {
      leaveHome(item, id);
      return none;
    },
  ],
  ["POST", at("/household/ownership"), handOver],
  ["GET", at("/household/invitations"), ({ home: item }) => list(item.invitations)],
  ["POST", at("/household/invitations"), invite],
  [
    "DELETE",
    at("/household/invitations/:id"),
    ({ home: item, id }) => {
      drop(item.invitations, id);
      return none;
    },
  ],
  ["POST", at("/invitations/look"), look],
  [
    "POST",
    at("/invitations/accept"),
    ({ person, body }) => {
      const joined = joinHome(person, who.redeem("invitation", body.token));
      return { data: showHome(joined, person) };
    },
  ],
  ["GET", at("/household/grants"), ({ home: item }) => list(item.grants)],
  ["POST", at("/household/grants"), grant],
  [
    "DELETE",
    at("/household/grants/:id"),
    ({ home: item, id }) => {
      drop(item.grants, id);
      return none;
    },
  ],
  [
    "GET",
    at("/accounts/:id/visibility"),
    ({ home: item, id }) => ({
      data: item.visibility.get(id) ?? { visibility: "all", members: [] },
    }),
  ],
  [
    "PUT",
    at("/accounts/:id/visibility"),
    ({ home: item, id, body }) => {
      item.visibility.set(id, body);
      return { data: body };
    },
  ],
  ["GET", at("/admin/users"), users],
  ["PATCH", at("/admin/users/:id"), changeUser],
  [
    "DELETE",
    at("/admin/users/:id"),
    ({ id }) => {
      Object.assign(byId(id), { deletedAt: now(), sessions: [] });
      return none;
    },
  ],
  [
    "POST",
    at("/admin/users/:id/restore"),
    ({ id }) => ({ data: showUser(Object.assign(byId(id), { deletedAt: null })) }),
  ],
  [
    "POST",
    at("/admin/users/:id/end-sessions"),
    ({ id }) => {
      byId(id).sessions = [];
      return none;
    },
  ],
  [
    "GET",
    at("/admin/audit-logs"),
    () =>
      list(
        [...who.people.values()].flatMap((person) =>
          person.events.map((event) => ({
            ...event,
            id: `${person.user.id}-${event.id}`,
            actor: "person",
            actor_id: person.user.id,
            actor_name: person.user.name,
            entity: "session",
            entity_id: null,
            summary: null,
            before: null,
            after: null,
            change_count: 0,
            request_id: "0",
          })),
        ),
      ),
  ],
  [
    "GET",
    at("/admin/jobs"),
    () =>
      list([
        {
          id: "019aa5d0-0000-7000-8000-00000000000a",
          kind: "mail",
          topic: "invitation",
          household_id: null,
          state: "dead",
          created_at: now(),
          due_at: null,
          attempts: 3,
          progress: { done: 0, total: 0 },
          ended_at: now(),
          error: "the server said 550",
        },
      ]),
  ],
  ["GET", at("/admin/system"), () => ({ data: system() })],
  [
    "PUT",
    at("/admin/pages/:any"),
    ({ id, body }) => {
      legal.set(id, { ...legal.get(id), ...body, updated_at: now() });
      return { data: legal.get(id) };
    },
  ],
  ["GET", at("/pages/:any"), ({ id }) => ({ data: legal.get(id) })],
  ["GET", at("/me/export"), () => ({ file: Buffer.from("PK"), type: "application/zip" })],
  ["GET", at("/me/consents"), ({ person }) => list(person.consents ?? [])],
  [
    "POST",
    at("/me/consents"),
    ({ person, body }) => {
      const consent = { ...body, accepted_at: now() };
      person.consents = [...(person.consents ?? []), consent];
      return { status: 201, data: consent };
    },
  ],
  [
    "DELETE",
    at("/me"),
    (call) => {
      fresh(call);
      const at14 = new Date(Date.now() + 14 * 86_400_000).toISOString();
      call.person.user.erase_at = at14;
      return { data: { erases_at: at14 } };
    },
  ],
  [
    "POST",
    at("/me/keep"),
    ({ person }) => {
      person.user.erase_at = null;
      return none;
    },
  ],
];
