// The window must exist before React looks for it, so this import stays the first.
import { act, closeWindow } from "./dom.mjs";
import { after, assert, beforeEach, test } from "./harness.mjs";
import { useEffect } from "react";
import { createRoot, type Root } from "react-dom/client";
import type { List } from "../src/api/Client.ts";
import { dataChanged } from "../src/data/resource.ts";
import { type Feed, useFeed } from "../src/data/useFeed.ts";

const perPage = 3;
let all: number[] = [];
let asked: (string | null)[] = [];
let root: Root | undefined;
let feed: Feed<number>;

const settle = () => act(() => new Promise<void>((done) => setTimeout(done, 2)));

async function read(cursor: string | null): Promise<List<number>> {
  asked.push(cursor);
  const start = Number(cursor ?? 0);
  const end = start + perPage;
  const next = end < all.length ? String(end) : null;
  return {
    data: all.slice(start, end),
    pagination: {
      page: null,
      per_page: perPage,
      total: null,
      total_pages: null,
      next_cursor: next,
    },
  };
}

function Shown({ name, edition }: { name: string; edition?: number }) {
  const latest = useFeed(name, read, edition);
  useEffect(() => {
    feed = latest;
  });
  return null;
}

async function show(name: string, edition?: number): Promise<void> {
  act(() => root?.render(<Shown name={name} edition={edition} />));
  await settle();
}

async function more(): Promise<void> {
  act(() => feed.more());
  await settle();
}

beforeEach(() => {
  act(() => root?.unmount());
  root = createRoot(document.getElementById("root") as HTMLElement);
  all = [9, 8, 7, 6, 5, 4, 3, 2, 1];
  asked = [];
});
after(() => {
  act(() => root?.unmount());
  closeWindow();
});

test("pages come one after the other", async () => {
  await show("a");
  assert.deepEqual(feed.items, [9, 8, 7]);
  await more();
  await more();
  assert.deepEqual(feed.items, all);
  assert.ok(!feed.hasMore);
  await more();
  assert.deepEqual(asked, [null, "3", "6"]);
});

test("after a change as many are read again as were in view", async () => {
  await show("a");
  await more();
  all = [10, ...all];
  act(dataChanged);
  await settle();
  assert.deepEqual(feed.items, [10, 9, 8, 7, 6, 5]);
  assert.ok(feed.hasMore);
  await more();
  assert.deepEqual(feed.items, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
});

test("another list begins at its top", async () => {
  await show("a");
  await more();
  asked = [];
  await show("b");
  assert.deepEqual(asked, [null]);
  assert.deepEqual(feed.items, [9, 8, 7]);
});

test("a list with an edition of its own is left alone by other changes", async () => {
  await show("a", 1);
  act(dataChanged);
  await settle();
  assert.equal(asked.length, 1);
  await show("a", 2);
  assert.equal(asked.length, 2);
});
