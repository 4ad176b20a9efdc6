// Tasks as the server keeps them, but for what they are about.
import { randomUUID } from "node:crypto";
import { now, Refusal } from "./books.mjs";

const ranks = ["low", "medium", "high", "urgent"];
const words = {
  "FREQ=DAILY": "every day",
  "FREQ=WEEKLY": "every week",
  "FREQ=MONTHLY": "every month",
  "FREQ=YEARLY": "every year",
};

const wrong = (field, code, message) =>
  new Refusal(422, "validation.failed", "Some fields are wrong", {
    fields: [{ field, code, message }],
  });

function make(books, body) {
  const task = {
    id: randomUUID(),
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
    position: books.tasks.length + 1,
    version: 1,
    created_at: now(),
    updated_at: now(),
    done_at: null,
    deleted_at: null,
  };
  books.tasks.push(task);
  return link(books, settle(task, body));
}

const linked = {
  account: (books, id) => books.find(books.accounts, id).name,
  category: (books, id) => books.find(books.categories, id).name,
  import: (books, id) => books.find(books.imports, id).fileName ?? "statement.csv",
  transaction: (books, id) => books.find(books.transactions, id).payee,
};

/** What it is about keeps its name beside it. */
function link(books, task) {
  task.link_name = task.link_kind ? linked[task.link_kind](books, task.link_id) : null;
  return task;
}

/** All or nothing, and one step back. */
function bulk(books, { action, ids, patch: wanted = {} }) {
  const kept = books.tasks.map((task) => ({ ...task }));
  const { add_tags: more = [], remove_tags: fewer = [], ...rest } = wanted;
  for (const id of ids) {
    const task = books.find(books.tasks, id);
    if (action === "patch") {
      const tags = [...new Set([...(rest.tags ?? task.tags), ...more])];
      patch(books, task, { ...rest, tags: tags.filter((tag) => !fewer.includes(tag)) });
    } else task.deleted_at = action === "delete" ? now() : null;
  }
  books.remember("task", `Changed ${ids.length} tasks`, () => {
    books.tasks = kept;
  });
  return { data: { affected: ids.length } };
}

function settle(task, body) {
  if (body.title !== undefined && body.title.trim().length < 3) {
    throw wrong("title", "too_short", "at least 3 characters");
  }
  Object.assign(task, body);
  if (task.repeat && !task.due_on) throw wrong("due_on", "required", "a repeating task needs one");
  task.repeat_words = task.repeat ? (words[task.repeat] ?? "every so often") : null;
  task.repeat_from = task.repeat ? (task.repeat_from ?? task.due_on) : null;
  task.done_at = task.status === "done" ? (task.done_at ?? now()) : null;
  return task;
}

function nextDay(date, rule) {
  const day = new Date(`${date}T00:00:00Z`);
  if (rule.startsWith("FREQ=DAILY")) day.setUTCDate(day.getUTCDate() + 1);
  else if (rule.startsWith("FREQ=WEEKLY")) day.setUTCDate(day.getUTCDate() + 7);
  else day.setUTCMonth(day.getUTCMonth() + 1);
  return day.toISOString().slice(0, 10);
}

function patch(books, task, body) {
  const isTicked = body.status === "done" && task.status !== "done";
  if (body.position !== undefined) {
    for (const other of books.tasks) if (other.position >= body.position) other.position += 1;
  }
  link(books, settle(task, { ...body, version: task.version + 1, updated_at: now() }));
  if (isTicked && task.repeat && !task.next_id) {
    const { title, tags, priority, repeat, repeat_from, due_on } = task;
    const due = nextDay(due_on, repeat);
    const next = make(books, { title, tags, priority, repeat, repeat_from, due_on: due });
    task.next_id = next.id;
  }
  return task;
}

const keys = {
  due: (task) => task.due_on ?? "9999",
  priority: (task) => ranks.indexOf(task.priority),
  created: (task) => task.created_at,
  title: (task) => task.title.toLowerCase(),
  done: (task) => task.done_at ?? "",
  position: (task) => task.position,
};

function list(books, query) {
  const { q = "", sort = "due" } = query;
  const text = (task) => [task.title, task.description, ...task.tags].join(" ").toLowerCase();
  const found = books.tasks.filter(
    (task) =>
      (query.include_deleted === "true" || !task.deleted_at) &&
      (!query.status ||
        (query.status === "open" ? task.status !== "done" : task.status === query.status)) &&
      (!query.priority || task.priority === query.priority) &&
      (!query.assignee_id || task.assignee_id === query.assignee_id) &&
      (!query.tag || task.tags.includes(query.tag)) &&
      q
        .toLowerCase()
        .split(" ")
        .every((word) => text(task).includes(word)),
  );
  const key = keys[sort.replace("-", "")];
  const sign = sort.startsWith("-") ? -1 : 1;
  found.sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
  const limit = Number(query.limit ?? 50);
  return {
    data: found.slice(0, limit),
    pagination: {
      page: null,
      per_page: limit,
      total: found.length,
      total_pages: Math.ceil(found.length / limit),
      next_cursor: null,
    },
  };
}

export function taskRoutes(at) {
  const deleted = (task, deleted_at) =>
    Object.assign(task, { deleted_at, version: task.version + 1 });
  return [
    ["GET", at("/tasks"), ({ books, query }) => list(books, query)],
    ["POST", at("/tasks/bulk"), ({ books, body }) => bulk(books, body)],
    ["POST", at("/tasks"), ({ books, body }) => ({ status: 201, data: make(books, body) })],
    [
      "PATCH",
      at("/tasks/:id"),
      ({ books, id, body }) => ({ data: patch(books, books.find(books.tasks, id), body) }),
    ],
    [
      "DELETE",
      at("/tasks/:id"),
      ({ books, id }) => {
        deleted(books.find(books.tasks, id), now());
        return { status: 204 };
      },
    ],
    [
      "POST",
      at("/tasks/:id/restore"),
      ({ books, id }) => ({ data: deleted(books.find(books.tasks, id), null) }),
    ],
  ];
}
