// What the server answers about a person and the doors they come in by.
import { randomBytes, randomUUID } from "node:crypto";
import { at, drop, fresh, list, none, refusal } from "./answers.mjs";
import { now } from "./books.mjs";
import { showHome } from "./homes.mjs";
import * as who from "./people.mjs";

const challenge = () => randomBytes(32).toString("base64url");
const question = (person) => ({
  data: {
    challenge_id: randomUUID(),
    options: {
      challenge: challenge(),
      timeout: 60_000,
      userVerification: "required",
      allowCredentials: (person?.passkeys ?? []).map(({ credential }) => ({
        type: "public-key",
        id: credential,
      })),
    },
  },
});

const passkeyOwner = (id) =>
  [...who.people.values()].find(({ passkeys }) => passkeys.some((key) => key.credential === id));

const me = (call) => ({
  data: {
    user: call.person.user,
    household: showHome(call.home, call.person),
    households: call.person.homes.map((item) => showHome(item, call.person)),
    grants: [],
    permissions: who.permissionsOf(call.person),
  },
});

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
function encoded(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits
    .match(/.{5}/g)
    .map((five) => base32[Number.parseInt(five, 2)])
    .join("");
}

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29" shape-rendering="crispEdges"><path d="M0 0h29v29H0z" fill="#fff"/><path d="M4 4h7v7H4zM18 4h7v7h-7zM4 18h7v7H4zM13 6h2v2h-2zM14 10h3v2h-3zM12 13h4v3h-4zM20 15h3v4h-3zM14 20h4v3h-4zM20 21h4v3h-4z"/></svg>';

function startTotp(call) {
  fresh(call);
  const bytes = randomBytes(20);
  call.person.totp = { bytes, confirmedAt: null };
  const secret = encoded(bytes);
  const uri = `otpauth://totp/Martlet:${encodeURIComponent(call.person.user.email)}?secret=${secret}&issuer=Martlet`;
  return { status: 201, data: { secret, uri, qr_svg: picture } };
}

function newCodes(person) {
  person.codes = Array.from({ length: 10 }, () =>
    randomBytes(10).toString("hex").match(/.{5}/g).join("-"),
  );
  return { data: { backup_codes: [...person.codes] } };
}

function confirmTotp({ person, body }) {
  if (!who.isCode(person, body.code))
    throw refusal(401, "auth.invalid_code", "This code is not right.");
  person.totp.confirmedAt = now();
  return newCodes(person);
}

const factors = (person) => ({
  password: true,
  totp: {
    enabled: Boolean(person.totp?.confirmedAt),
    confirmed_at: person.totp?.confirmedAt ?? null,
  },
  backup_codes_left: person.codes.length,
  passkeys: person.passkeys.map((key) => ({ ...key, credential: undefined })),
  identities: person.identities,
});

function addPasskey({ person, body }) {
  const key = {
    id: randomUUID(),
    name: body.name,
    created_at: now(),
    used_at: null,
    is_backed_up: false,
    credential: body.credential.id,
  };
  person.passkeys.push(key);
  return { status: 201, data: factors(person).passkeys.at(-1) };
}

function makeToken(call) {
  fresh(call);
  const { name, scopes, expires_at = null } = call.body;
  const secret = `martlet_pat_${randomBytes(24).toString("hex")}`;
  const token = {
    id: randomUUID(),
    name,
    prefix: secret.slice(0, 18),
    scopes,
    expires_at,
    created_at: now(),
    used_at: null,
  };
  call.person.tokens.push({ ...token, secret });
  return { status: 201, data: { ...token, token: secret } };
}

function keepOnly(call, isKept) {
  call.person.sessions = call.person.sessions.filter(isKept);
  return none;
}

export const identityRoutes = [
  [
    "GET",
    at("/auth/methods"),
    () => ({
      data: {
        registration: process.env.MOCK_REGISTRATION ?? "open",
        first_person: who.people.size === 0,
        password: true,
        passkeys: true,
        providers: JSON.parse(process.env.MOCK_PROVIDERS ?? "[]"),
        mail: false,
        require_second_factor: false,
      },
    }),
  ],
  [
    "POST",
    at("/auth/register"),
    ({ body, agent }) => {
      const answer = who.register(body, agent);
      const person = who.people.get(answer.data.user.id);
      const kinds = ["terms", "privacy"].filter((kind) => body[`${kind}_version`]);
      if (person)
        person.consents = kinds.map((kind) => ({
          kind,
          version: body[`${kind}_version`],
          accepted_at: new Date().toISOString(),
        }));
      return { status: 201, ...answer };
    },
  ],
  ["POST", at("/auth/login"), ({ body, agent }) => who.login(body, agent)],
  ["POST", at("/auth/second-factor"), ({ body }) => who.secondFactor(body)],
  ["POST", at("/auth/second-factor/passkey"), ({ body }) => question(who.halfPerson(body.token))],
  ["POST", at("/auth/passkey/options"), () => question()],
  [
    "POST",
    at("/auth/passkey"),
    ({ body, agent }) => {
      const person = passkeyOwner(body.credential.id);
      if (!person) throw refusal(401, "auth.invalid_credentials", "This passkey is not known.");
      return who.begin(person, agent);
    },
  ],
  ["POST", at("/auth/refresh"), ({ cookie }) => who.refresh(cookie)],
  ["POST", at("/auth/logout"), () => ({ status: 204, cookie: "" })],
  ["POST", at("/auth/logout-all"), (call) => ({ ...keepOnly(call, () => false), cookie: "" })],
  ["GET", at("/auth/me"), me],
  [
    "PATCH",
    at("/auth/me"),
    (call) => {
      Object.assign(call.person.user, call.body);
      return me(call);
    },
  ],
  [
    "POST",
    at("/auth/prove"),
    ({ person, body, visit }) => {
      if (!who.isProof(person, body))
        throw refusal(401, "auth.invalid_credentials", "That is not right.");
      visit.session.provedAt = Date.now();
      return none;
    },
  ],
  ["POST", at("/auth/prove/passkey"), ({ person }) => question(person)],
  [
    "POST",
    at("/auth/change-password"),
    (call) => {
      const { current_password: old, new_password: next } = call.body;
      if (old !== call.person.password)
        throw refusal(401, "auth.invalid_credentials", "The present password is not right.");
      who.checkPassword("new_password", next);
      call.person.password = next;
      return keepOnly(call, (session) => session === call.visit.session);
    },
  ],
  [
    "POST",
    at("/auth/request-password-reset"),
    ({ body }) => {
      const person = who.people.get(body.email);
      if (person) who.letter("reset", person, "/reset");
      return { status: 202, data: null };
    },
  ],
  [
    "POST",
    at("/auth/reset-password"),
    ({ body }) => {
      who.checkPassword("new_password", body.new_password);
      const { person } = who.redeem("reset", body.token);
      Object.assign(person, { password: body.new_password, sessions: [] });
      return none;
    },
  ],
  [
    "POST",
    at("/auth/verify-email"),
    ({ body }) => {
      const { person, email } = who.redeem("verify", body.token);
      if (email) {
        who.people.delete(person.user.email);
        who.people.set(email, person);
        person.user.email = email;
      }
      person.user.email_verified = true;
      return none;
    },
  ],
  [
    "POST",
    at("/auth/resend-verification"),
    ({ person }) => {
      who.letter("verify", person, "/verify");
      return { status: 202, data: null };
    },
  ],
  [
    "POST",
    at("/auth/change-email"),
    (call) => {
      fresh(call);
      who.letter("verify", call.person, "/verify", { email: call.body.email });
      return { status: 202, data: null };
    },
  ],
  [
    "GET",
    at("/sessions"),
    ({ person, visit }) =>
      list(person.sessions.map((item) => ({ ...item, is_current: item === visit.session }))),
  ],
  ["DELETE", at("/sessions/:id"), (call) => keepOnly(call, ({ id }) => id !== call.id)],
  ["DELETE", at("/sessions"), (call) => keepOnly(call, (item) => item === call.visit.session)],
  ["GET", at("/factors"), ({ person }) => ({ data: factors(person) })],
  ["POST", at("/factors/totp"), startTotp],
  ["POST", at("/factors/totp/confirm"), confirmTotp],
  [
    "DELETE",
    at("/factors/totp"),
    (call) => {
      fresh(call);
      Object.assign(call.person, { totp: null, codes: [] });
      return none;
    },
  ],
  [
    "POST",
    at("/factors/backup-codes"),
    (call) => {
      fresh(call);
      return newCodes(call.person);
    },
  ],
  [
    "POST",
    at("/factors/passkeys/options"),
    (call) => {
      fresh(call);
      const { id, email, name } = call.person.user;
      return {
        data: {
          challenge_id: randomUUID(),
          options: {
            challenge: challenge(),
            rp: { name: "Martlet" },
            user: { id: Buffer.from(id).toString("base64url"), name: email, displayName: name },
            pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
            authenticatorSelection: { residentKey: "required", userVerification: "required" },
            excludeCredentials: [],
          },
        },
      };
    },
  ],
  ["POST", at("/factors/passkeys"), addPasskey],
  [
    "PATCH",
    at("/factors/passkeys/:id"),
    ({ person, id, body }) => ({
      data: Object.assign(
        person.passkeys.find((key) => key.id === id),
        { name: body.name },
      ),
    }),
  ],
  [
    "DELETE",
    at("/factors/passkeys/:id"),
    (call) => {
      fresh(call);
      drop(call.person.passkeys, call.id);
      return none;
    },
  ],
  ["GET", at("/tokens"), ({ person }) => list(person.tokens)],
  ["POST", at("/tokens"), makeToken],
  [
    "DELETE",
    at("/tokens/:id"),
    ({ person, id }) => {
      drop(person.tokens, id);
      return none;
    },
  ],
];
