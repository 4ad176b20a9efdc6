import { assert, test } from "./harness.mjs";
import type { Task } from "../src/api/types.ts";
import { groupOf, movedPosition, sections, weekEnd } from "../src/pages/tasks/groups.ts";
import { dueChoices, dueText, linkAddress } from "../src/pages/tasks/labels.ts";
import { parseQuickTask } from "../src/pages/tasks/quickAdd.ts";

// A Saturday.
const today = "2026-11-21";

const task = (part: Partial<Task>): Task => ({
  id: "1",
  title: "Task",
  description: null,
  status: "todo",
  priority: "medium",
  due_on: null,
  repeat: null,
  repeat_words: null,
  repeat_from: null,
  assignee_id: null,
  link_kind: null,
  link_id: null,
  link_name: null,
  tags: [],
  cause: null,
  next_id: null,
  position: 1,
  version: 1,
  created_at: "",
  updated_at: "",
  done_at: null,
  deleted_at: null,
  ...part,
});

test("a line is understood as far as it says something", () => {
  assert.deepEqual(parseQuickTask("Pay rent tomorrow #home !high", today), {
    title: "Pay rent",
    due_on: "2026-11-22",
    repeat: null,
    priority: "high",
    tags: ["home"],
  });
});

for (const [text, due] of [
  ["Call today", "2026-11-21"],
  ["Call TOMORROW", "2026-11-22"],
  ["Call sat", "2026-11-28"],
  ["Call Sunday", "2026-11-22"],
  ["Call fri", "2026-11-27"],
  ["Call next week", "2026-11-23"],
  ["Call next month", "2026-12-21"],
  ["Call in 3 days", "2026-11-24"],
  ["Call in 2 weeks", "2026-12-05"],
  ["Call in 1 month", "2026-12-21"],
  ["Call 5 dec", "2026-12-05"],
  ["Call March 1", "2027-03-01"],
  ["Call 29 february", "2028-02-29"],
  ["Call 2027-01-31", "2027-01-31"],
] as const) {
  test(`"${text}" is due on ${due}`, () => {
    const parsed = parseQuickTask(text, today);
    assert.equal(parsed.due_on, due);
    assert.equal(parsed.title, "Call");
  });
}

for (const text of [
  "We so",
  "Call in 3 parsecs",
  "Call 31 feb",
  "Call 2026-02-30",
  "Room # 5",
  "Look ! here",
  "every so often",
  "May we",
  "in 3",
]) {
  test(`"${text}" is a title and nothing else`, () => {
    assert.deepEqual(parseQuickTask(text, today), {
      title: text,
      due_on: null,
      repeat: null,
      priority: null,
      tags: [],
    });
  });
}

test("words in quotes stay as they are", () => {
  const parsed = parseQuickTask('Read "today every day #1" friday', today);

  assert.equal(parsed.title, "Read today every day #1");
  assert.equal(parsed.due_on, "2026-11-27");
  assert.deepEqual(parsed.tags, []);
});

test("what repeats has a first day", () => {
  const rule = (text: string) => {
    const { repeat, due_on } = parseQuickTask(text, today);
    return [repeat, due_on];
  };

  assert.deepEqual(rule("Water every day"), ["FREQ=DAILY", today]);
  assert.deepEqual(rule("Water every 2 weeks"), ["FREQ=WEEKLY;INTERVAL=2", today]);
  assert.deepEqual(rule("Bins every monday"), ["FREQ=WEEKLY;BYDAY=MO", "2026-11-23"]);
  assert.deepEqual(rule("Rent every month 1 dec"), ["FREQ=MONTHLY", "2026-12-01"]);
});

test("a tag stands once, and a second date is a part of the title", () => {
  const parsed = parseQuickTask("Plan monday for friday #a #b #a", today);

  assert.deepEqual(parsed.tags, ["a", "b"]);
  assert.equal(parsed.due_on, "2026-11-23");
  assert.equal(parsed.title, "Plan for friday");
});

test("a week ends where the household says", () => {
  assert.equal(weekEnd(today, "monday"), "2026-11-22");
  assert.equal(weekEnd(today, "sunday"), "2026-11-21");
  assert.equal(weekEnd("2026-11-22", "sunday"), "2026-11-28");
  assert.equal(weekEnd("2026-11-23", "monday"), "2026-11-29");
});

test("tasks lie in sections by when they are due", () => {
  const group = (due_on: string | null, status: Task["status"] = "todo") =>
    groupOf(task({ due_on, status }), today, "2026-11-22");

  assert.equal(group("2026-11-20"), "overdue");
  assert.equal(group("2026-11-21"), "today");
  assert.equal(group("2026-11-22"), "week");
  assert.equal(group("2026-11-23"), "later");
  assert.equal(group(null), "later");
  assert.equal(group("2026-11-20", "done"), "done");
});

test("a task moves within its section only", () => {
  const list = sections(
    [
      task({ id: "a", position: 3, due_on: today }),
      task({ id: "b", position: 7, due_on: today }),
      task({ id: "c", position: 8 }),
    ],
    today,
    "monday",
  );

  assert.equal(movedPosition(list, "a", 1)?.position, 8);
  assert.equal(movedPosition(list, "b", -1)?.position, 3);
  assert.equal(movedPosition(list, "a", -1), null);
  assert.equal(movedPosition(list, "b", 1), null);
  assert.equal(movedPosition(list, "c", -1), null);
});

test("days near today have names", () => {
  const text = (due: string) => dueText(due, today, "en-GB");

  assert.equal(text("2026-11-21"), "Today");
  assert.equal(text("2026-11-20"), "Yesterday");
  assert.equal(text("2026-11-26"), "Thursday");
  assert.equal(text("2026-11-28"), "28 Nov");
  assert.equal(text("2027-01-02"), "2 Jan 2027");
});

test("a task leads to what it is about", () => {
  const to = (link_kind: Task["link_kind"]) => linkAddress(task({ link_kind, link_id: "x" }));

  assert.equal(to("account"), "/accounts/x");
  assert.equal(to("category"), "/transactions?category_id=x");
  assert.equal(to("import"), "/imports/x");
  assert.equal(to("bill" as Task["link_kind"]), "/bills?bill=x");
  assert.equal(to("transaction"), null);
  assert.equal(
    linkAddress(task({ link_kind: "transaction", link_id: "x", link_name: "Market hall" })),
    "/transactions?q=Market+hall",
  );
  assert.equal(linkAddress(task({})), null);
});

test("days that are often meant: on a Sunday tomorrow is the Monday", () => {
  assert.deepEqual(dueChoices("2026-11-20"), {
    "2026-11-20": "Today",
    "2026-11-21": "Tomorrow",
    "2026-11-23": "Next Monday",
    "2026-12-20": "In a month",
  });
  assert.deepEqual(Object.keys(dueChoices("2026-11-22")), [
    "2026-11-22",
    "2026-11-23",
    "2026-12-22",
  ]);
  assert.equal(dueChoices("2026-11-23")["2026-11-30"], "Next Monday");
});
