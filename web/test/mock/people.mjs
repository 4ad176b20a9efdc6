// Who signs in to the stand-in: passwords, second factors, passkeys, links in letters.
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Books, now, Refusal } from "./books.mjs";
import { home, joinHome, newHome, showHome } from "./homes.mjs";

export const people = new Map();
const sessions = new Map();
const refreshes = new Map();
const halves = new Map();
/** Tokens of links, by kind; what a letter would carry is printed. */
export const links = new Map();

export const bySession = (token) => sessions.get(token);

/** A token's person, where its scopes reach; its session stands for no browser. */
export function byToken(secret, method, path) {
  for (const person of people.values()) {
    const token = person.tokens.find((item) => item.secret === secret);
    if (!token) continue;
    const scope = `${path.split("/")[1]}:${method === "GET" ? "read" : "write"}`;
    if (!token.scopes.includes(scope)) refuse(403, "auth.token_scope", "Not with this token.");
    return { person, session: person.sessions[0] };
  }
  return undefined;
}
export const permissionsOf = (person) =>
  ({
    admin: [
      "users:read",
      "users:write",
      "users:sessions",
      "audit:read",
      "system:read",
      "settings:write",
      "jobs:write",
    ],
    support: ["users:read", "users:sessions"],
    auditor: ["audit:read", "system:read"],
  })[person.user.system_role] ?? [];

const refuse = (status, code, message, details) => {
  throw new Refusal(status, code, message, details);
};
const wrong = (field, code, message) =>
  refuse(422, "validation.failed", "Some fields are wrong", {
    fields: [{ field, code, message }],
  });

export function tell(person, action, outcome = "success") {
  person.events.unshift({
    id: String(person.events.length + 1),
    at: now(),
    action,
    outcome,
    address: "192.0.2.7",
    device: person.agent,
    details: null,
  });
}

export function begin(person, agent = person.agent) {
  const access_token = randomUUID();
  const refresh = randomUUID();
  person.agent = agent;
  const session = {
    id: randomUUID(),
    device: agent ?? "",
    first_address: "192.0.2.7",
    created_at: now(),
    address: "192.0.2.7",
    used_at: now(),
  };
  person.sessions.push(session);
  session.provedAt = Date.now();
  sessions.set(access_token, { person, session });
  refreshes.set(refresh, { person, session });
  tell(person, "sign_in");
  return { data: shown(person, access_token), cookie: refresh };
}

function shown(person, access_token) {
  return {
    user: person.user,
    household: showHome(home(person), person),
    access_token,
    token_type: "Bearer",
    expires_in: 900,
    refresh_token: null,
  };
}

export function letter(kind, person, path, payload = {}) {
  const token = randomBytes(16).toString("hex");
  links.set(token, { kind, person, ...payload });
  const to = payload.email ?? payload.invitation?.email ?? person.user.email;
  const text = `Subject: ${kind}\nTo: ${to}\n\nhttp://mock${path}#token=${token}\n`;
  // As the server does while no mail is configured.
  if (process.env.MOCK_LETTERS) writeFileSync(`${process.env.MOCK_LETTERS}/${token}.eml`, text);
  console.log(text);
  return token;
}

export function redeem(kind, token) {
  const link = links.get(token);
  if (link?.kind !== kind) refuse(422, "token.unknown", "This link is used up or too old.");
  links.delete(token);
  return link;
}

export function register(body, agent) {
  if (!body.name) wrong("name", "required", "Enter your name");
  if (!/@/.test(body.email)) wrong("email", "malformed", "Enter an email address");
  checkPassword("password", body.password);
  if (people.has(body.email))
    refuse(409, "auth.email_taken", "This address has an account already");
  const { email, name, time_zone = "UTC", locale = "en", currency } = body;
  const user = {
    id: randomUUID(),
    email,
    name,
    time_zone,
    locale,
    created_at: now(),
    email_verified: false,
    system_role: people.size === 0 || email.startsWith("admin") ? "admin" : "user",
    erase_at: null,
  };
  const person = {
    user,
    password: body.password,
    agent,
    sessions: [],
    events: [],
    tokens: [],
    identities: [],
    passkeys: [],
    totp: null,
    codes: [],
    homes: [],
    disabledAt: null,
    deletedAt: null,
  };
  people.set(email, person);
  if (body.invitation) joinHome(person, redeem("invitation", body.invitation));
  else newHome(person, new Books({ currency }), name);
  letter("verify", person, "/verify");
  return begin(person);
}

export function checkPassword(field, password = "") {
  if (password.length < 12) wrong(field, "too_short", "Use at least 12 characters");
  if (password === "password1234")
    wrong(field, "breached", "This password is known to whoever guesses. Choose another");
}

export function login({ email, password }, agent) {
  const person = people.get(email);
  if (person?.password !== password || person.deletedAt || person.disabledAt) {
    if (person) tell(person, "sign_in", "failure");
    refuse(401, "auth.invalid_credentials", "The email or the password is not right");
  }
  if (!person.totp?.confirmedAt && person.passkeys.length === 0) return begin(person, agent);
  const token = randomUUID();
  halves.set(token, { person, tries: 0, agent });
  const methods = [
    ...(person.totp?.confirmedAt ? ["totp"] : []),
    ...(person.passkeys.length > 0 ? ["passkey"] : []),
    ...(person.codes.length > 0 ? ["backup_code"] : []),
  ];
  return { status: 202, data: { token, methods, expires_in: 300 } };
}

function code(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export function isCode(person, text) {
  const step = Math.floor(Date.now() / 30_000);
  return [step - 1, step, step + 1].some((at) => code(person.totp.bytes, at) === text);
}

export function isProof(person, body) {
  if (body.password !== undefined) return body.password === person.password;
  if (body.code !== undefined) return person.totp !== null && isCode(person, body.code);
  if (body.backup_code !== undefined) {
    const at = person.codes.indexOf(body.backup_code);
    if (at >= 0) person.codes.splice(at, 1);
    return at >= 0;
  }
  return person.passkeys.some(({ credential }) => credential === body.passkey?.credential.id);
}

export function secondFactor({ token, ...proof }) {
  const half = halves.get(token);
  if (!half) refuse(401, "auth.attempt_ended", "This took too long. Sign in again.");
  if (!isProof(half.person, proof)) {
    half.tries += 1;
    if (half.tries >= 5) halves.delete(token);
    refuse(401, "auth.invalid_code", "This code is not right.");
  }
  halves.delete(token);
  return begin(half.person, half.agent);
}

export const halfPerson = (token) => halves.get(token)?.person;

export function refresh(cookie) {
  const known = refreshes.get(cookie);
  refreshes.delete(cookie);
  if (!known || !known.person.sessions.includes(known.session))
    refuse(401, "auth.session_ended", "Sign in again");
  const access_token = randomUUID();
  const next = randomUUID();
  sessions.set(access_token, known);
  refreshes.set(next, known);
  return { data: shown(known.person, access_token), cookie: next };
}
