import { assert, test } from "./harness.mjs";
import { deviceName } from "../src/data/deviceName.ts";
import { formatInstant, fromNow } from "../src/dates/instant.ts";
import { blocksOf } from "../src/pages/legal/markdown.ts";
import { scopeWords } from "../src/pages/settings/scopes.ts";
import { factGroups, uptime } from "../src/pages/admin/systemFacts.ts";
import { changesOf } from "../src/pages/trail/changes.ts";
import { actorWord, eventWord } from "../src/pages/trail/words.ts";

const devices: [string, string][] = [
  ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  ["curl/8.5.0", "curl"],
  ["Kitchen tablet", "Kitchen tablet"],
  ["bank-sync/2.1", "bank-sync/2.1"],
  ["", "Unknown device"],
];

for (const [given, name] of devices) {
  test(`the device ${given.slice(0, 50)} is called ${name}`, () =>
    assert.equal(deviceName(given), name));
}

test("a moment is told as people tell it", () => {
  const now = new Date("2026-11-21T17:00:00Z");
  assert.equal(fromNow("2026-11-21T16:59:40Z", "en-GB", now), "now");
  assert.equal(fromNow("2026-11-21T16:55:00Z", "en-GB", now), "5 minutes ago");
  assert.equal(fromNow("2026-11-20T12:00:00Z", "en-GB", now), "yesterday");
  assert.equal(fromNow("2026-11-28T17:00:00Z", "en-GB", now), "in 7 days");
  const clock = { locale: "en-GB", timeZone: "Asia/Tokyo" };
  assert.equal(formatInstant("2026-11-21T17:03:00Z", clock), "22 Nov 2026, 02:03");
  const unknown = { locale: "en-GB", timeZone: "Mars/Olympus" };
  assert.ok(formatInstant("2026-11-21T17:03:00Z", unknown).includes("2026"));
});

test("a legal page is read as headings, paragraphs, lists, strong words and links", () => {
  const text =
    "# Promise\n\nWe keep **nothing** of it,\nnot even [this](https://example.org/a).\n\n- one\n- two";
  assert.deepEqual(blocksOf(text), [
    { kind: "heading", level: 1, spans: [{ text: "Promise" }] },
    {
      kind: "paragraph",
      spans: [
        { text: "We keep " },
        { text: "nothing", isStrong: true },
        { text: " of it," },
        { text: " not even " },
        { text: "this", href: "https://example.org/a" },
        { text: "." },
      ],
    },
    { kind: "list", isNumbered: false, items: [[{ text: "one" }], [{ text: "two" }]] },
  ]);
});

for (const address of ["javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x"]) {
  test(`a link to ${address} stays the words it is`, () => {
    const [block] = blocksOf(`See [here](${address}).`);
    assert.ok(block?.kind === "paragraph");
    assert.ok(block.spans.every(({ href }) => href === undefined));
  });
}

test("a token's scopes are said in words", () => {
  assert.equal(
    scopeWords(["accounts:read", "analytics:read", "imports:write"]),
    "Reads accounts, reports. Writes imports.",
  );
  assert.equal(scopeWords(["holdings:write"]), "Writes holdings.");
});

test("a change names what differs and leaves out what nobody asks about", () => {
  const before = { id: "1", version: 1, payee: "Shop", tags: [], account_id: "a", note: null };
  const after = { id: "1", version: 2, payee: "Market", tags: ["x"], account_id: "b", note: null };

  assert.deepEqual(changesOf(before, after), [
    { name: "payee", before: "Shop", after: "Market" },
    { name: "tags", before: null, after: '["x"]' },
  ]);
  assert.deepEqual(changesOf(null, { name: "Cash" }), [
    { name: "name", before: null, after: "Cash" },
  ]);
  assert.deepEqual(changesOf(null, null), []);
});

test("an event is told in words, or plainly where nobody has written any", () => {
  assert.equal(eventWord({ action: "sign_in" }), "Signed in");
  assert.equal(eventWord({ action: "key_turn" }), "Key turn");
  assert.equal(actorWord({ actor: "job", actor_name: null }), "Martlet");
  assert.equal(actorWord({ actor: "nobody", actor_name: null }), "Someone");
  assert.equal(actorWord({ actor: "person", actor_name: "Ada" }), "Ada");
});

test("the server's state is shown in groups, whatever it tells", () => {
  const groups = factGroups(
    { version: "1.0", uptime_seconds: 90, people: 12_000, mail: { waiting: 2, is_on: true } },
    "en-GB",
  );
  assert.deepEqual(groups, [
    {
      title: "Server",
      facts: [
        { name: "Version", value: "1.0" },
        { name: "People", value: "12,000" },
      ],
    },
    {
      title: "Mail",
      facts: [
        { name: "Waiting", value: "2" },
        { name: "Is on", value: "Yes" },
      ],
    },
  ]);
  assert.equal(uptime(90, "en-GB"), "1 minute");
  assert.equal(uptime(200_000, "en-GB"), "2 days");
});
