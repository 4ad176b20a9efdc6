import { assert, test } from "./harness.mjs";
import { address, matchPath } from "../src/app/router.ts";
import { filtersOf, isFiltered } from "../src/pages/register/filters.ts";

test("a pattern matches the whole path or nothing", () => {
  assert.deepEqual(matchPath("/", "/"), {});
  assert.deepEqual(matchPath("/imports", "/imports/"), {});
  assert.deepEqual(matchPath("/imports/:id", "/imports/42"), { id: "42" });
  assert.equal(matchPath("/imports/:id", "/imports"), null);
  assert.equal(matchPath("/imports", "/imports/42"), null);
  assert.equal(matchPath("/imports", "/accounts"), null);
});

test("parameters are unescaped, and a broken escape is no page", () => {
  assert.deepEqual(matchPath("/a/:name", "/a/b%20c"), { name: "b c" });
  assert.equal(matchPath("/a/:name", "/a/%E0%A4%A"), null);
});

test("an address leaves out what is empty", () => {
  assert.equal(address("/", { period: null, date: "2026-11-01", q: "" }), "/?date=2026-11-01");
  assert.equal(address("/transactions"), "/transactions");
});

test("filters come from the address by their known names only", () => {
  const query = new URLSearchParams("q=rewe&account_id=1&admin=true&sort=-amount&tag=");

  assert.deepEqual(filtersOf(query), { account_id: "1", q: "rewe", sort: "-amount" });
  assert.equal(isFiltered({ sort: "-amount" }), false);
  assert.equal(isFiltered({ q: "x" }), true);
});
