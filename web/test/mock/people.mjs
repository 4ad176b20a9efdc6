import { randomUUID } from "node:crypto";
import { Books, now, Refusal } from "./books.mjs";

const people = new Map();
const sessions = new Map();
const refreshes = new Map();

export const bySession = (token) => sessions.get(token);

export function begin(person) {
  const access_token = randomUUID();
  const refresh = randomUUID();
  sessions.set(access_token, person);
  refreshes.set(refresh, person);
  const data = {
    user: person.user,
    household: person.books.household,
    access_token,
    token_type: "Bearer",
    expires_in: 900,
    refresh_token: null,
  };
  return { data, cookie: refresh };
}

export function register(body) {
  const wrong = [];
  if (!body.name) wrong.push({ field: "name", code: "required", message: "Enter your name" });
  if (!/@/.test(body.email))
    wrong.push({ field: "email", code: "malformed", message: "Enter an email address" });
  if ((body.password ?? "").length < 12) {
    wrong.push({ field: "password", code: "too_short", message: "Use at least 12 characters" });
  }
  if (wrong.length > 0) {
    throw new Refusal(422, "validation.failed", "Some fields are wrong", { fields: wrong });
  }
  if (people.has(body.email))
    throw new Refusal(409, "auth.email_taken", "This address has an account already");
  const { email, name, time_zone = "UTC", locale = "en", currency } = body;
  const user = { id: randomUUID(), email, name, time_zone, locale, created_at: now() };
  const person = { user, password: body.password, books: new Books({ currency }) };
  people.set(email, person);
  return begin(person);
}

export function login({ email, password }) {
  const person = people.get(email);
  if (person?.password !== password) {
    throw new Refusal(401, "auth.invalid_credentials", "The email or the password is not right");
  }
  return begin(person);
}

export function refresh(cookie) {
  const person = refreshes.get(cookie);
  refreshes.delete(cookie);
  if (!person) throw new Refusal(401, "auth.session_ended", "Sign in again");
  return begin(person);
}
