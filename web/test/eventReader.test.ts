import { assert, test } from "./harness.mjs";
import { EventReader, type ServerEvent } from "../src/live/EventReader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function readAll(text: string): ServerEvent[] {
  return new EventReader().read(bytes(text));
}

const table: [what: string, text: string, events: ServerEvent[]][] = [
  ["an event and its data", "event: a\ndata: 1\n\n", [{ type: "a", data: "1" }]],
  ["without a type it is a message", "data: 1\n\n", [{ type: "message", data: "1" }]],
  ["a space behind the colon is not data, a second one is", "data:  1\n\n", [m(" 1")]],
  ["without a space", "data:1\n\n", [m("1")]],
  ["lines of data are joined", "data: 1\ndata:\ndata: 2\n\n", [m("1\n\n2")]],
  ["a field without a colon is empty", "data\n\n", [m("")]],
  [
    "without data there is no event, and its type is forgotten",
    "event: a\n\ndata: 1\n\n",
    [m("1")],
  ],
  ["comments say nothing", ": beat\n\n:\ndata: 1\n\n", [m("1")]],
  ["other fields say nothing", "id: 4\nnonsense: 1\nDATA: 1\ndata: 2\n\n", [m("2")]],
  [
    "lines end in LF, CR or both",
    "data: 1\r\rdata: 2\r\n\r\ndata: 3\n\n",
    [m("1"), m("2"), m("3")],
  ],
  ["what is not finished is not told", "data: 1\n\ndata: 2\n", [m("1")]],
  ["a mark of the byte order is no part of it", "\uFEFFdata: 1\n\n", [m("1")]],
];

function m(data: string): ServerEvent {
  return { type: "message", data };
}

for (const [what, text, events] of table) {
  test(`events: ${what}`, () => assert.deepEqual(readAll(text), events));
}

test("the time to wait is a whole number or nothing", () => {
  const reader = new EventReader();
  reader.read(bytes("retry: 1.5\nretry: -1\nretry:\n"));
  assert.equal(reader.retryMilliseconds, null);
  reader.read(bytes("retry: 3000\n\n"));
  assert.equal(reader.retryMilliseconds, 3000);
});

test("an event as long as allowed is read, and one longer is refused", () => {
  const most = 65_536;
  const [event] = readAll(`data:${"x".repeat(most - 100)}\n\n`);
  assert.equal(event?.data.length, most - 100);
  assert.throws(() => readAll(`data:${"x".repeat(most + 1)}`), /too long/);
  assert.throws(() => readAll(`data:${"x".repeat(1_000)}\n`.repeat(66)), /too long/);
  // A limit of each event, not of the stream.
  assert.equal(readAll(`data:${"x".repeat(1_000)}\n\n`.repeat(500)).length, 500);
});

/** Numbers that look random and are the same in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** The standard's own words, on the whole text at once. */
function byTheBook(text: string): { events: ServerEvent[]; retry: number | null } {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n|\r/g, "\n")
    .split("\n");
  lines.pop();
  const events: ServerEvent[] = [];
  let type = "";
  let data: string | null = null;
  let retry: number | null = null;
  for (const line of lines) {
    if (line === "") {
      if (data !== null) events.push({ type: type || "message", data: data.replace(/\n$/, "") });
      type = "";
      data = null;
    }
    const [, name, value = ""] = /^([^:]*)(?::\x20?(.*))?$/s.exec(line) ?? [];
    if (name === "event") type = value;
    if (name === "data") data = `${data ?? ""}${value}\n`;
    if (name === "retry" && /^\d+$/.test(value)) retry = Number(value);
  }
  return { events, retry };
}

const pieces =
  "data|event|retry|id|:|: | |\n|\n\n|\r|\r\n|\r\n\r\n|1|42|{}|é|😀|\0|\uFEFF|\u2028|: beat\n\n|data: x\n\n".split(
    "|",
  );

test("wherever the bytes are cut, the events are those of the whole", () => {
  const roll = dice(7);
  for (let round = 0; round < 3_000; round += 1) {
    const text = Array.from({ length: roll(40) }, () => pieces[roll(pieces.length)]).join("");
    const all = bytes(text);
    const reader = new EventReader();
    const events: ServerEvent[] = [];
    for (let at = 0; at < all.length;) {
      const end = Math.min(all.length, at + 1 + roll(1 + roll(12)));
      events.push(...reader.read(all.slice(at, end)));
      at = end;
    }
    const wanted = byTheBook(text);
    // A lone CR at the very end may be the first half of CR LF: the line ends in either case.
    assert.deepEqual(events, wanted.events, JSON.stringify(text));
    assert.equal(reader.retryMilliseconds, wanted.retry, JSON.stringify(text));
  }
});

test("bytes that are no text at all leave a reader that reads on", () => {
  const roll = dice(11);
  for (let round = 0; round < 200; round += 1) {
    const reader = new EventReader();
    reader.read(Uint8Array.from({ length: roll(2_000) }, () => roll(256)));
    reader.read(bytes("\n\n"));
    assert.deepEqual(reader.read(bytes("data: 1\n\n")), [m("1")]);
  }
});
