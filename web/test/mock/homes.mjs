// Households of the stand-in and who belongs to them.
import { randomUUID } from "node:crypto";
import { Books, now, Refusal } from "./books.mjs";

export function newHome(person, books, name) {
  const made = { books, members: new Map(), invitations: [], grants: [], visibility: new Map() };
  books.household.name = `${name}’s household`;
  books.household.id ??= randomUUID();
  made.members.set(person.user.id, { person, role: "owner", joined_at: now() });
  person.homes.push(made);
  person.default ??= made;
  return made;
}

export function joinHome(person, { home: joined, role, invitation }) {
  joined.members.set(person.user.id, { person, role, joined_at: now() });
  joined.invitations = joined.invitations.filter((item) => item !== invitation);
  person.homes.push(joined);
  person.default ??= joined;
  return joined;
}

export function home(person, id) {
  if (!id) return person.default ?? person.homes[0];
  const found = person.homes.find(({ books }) => books.household.id === id);
  if (!found) throw new Refusal(404, "household.not_found", "There is no such household");
  return found;
}

export const showHome = (item, person) => ({
  version: 1,
  ...item.books.household,
  role: item.members.get(person.user.id)?.role ?? "viewer",
  is_default: item === person.default,
});

export const showMembers = (item, person) =>
  [...item.members.values()].map((member) => ({
    person_id: member.person.user.id,
    name: member.person.user.name,
    email: member.person.user.email,
    role: member.role,
    joined_at: member.joined_at,
    is_you: member.person === person,
  }));

export function leaveHome(item, personId) {
  const member = item.members.get(personId);
  if (member?.role === "owner")
    throw new Refusal(409, "household.owner_stays", "Hand the household over first.");
  item.members.delete(personId);
  const { person } = member;
  person.homes = person.homes.filter((other) => other !== item);
  if (person.homes.length === 0) newHome(person, new Books({ currency: "EUR" }), person.user.name);
  if (person.default === item) [person.default] = person.homes;
}
