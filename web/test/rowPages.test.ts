import { assert, test } from "./harness.mjs";
import type { List, Query } from "../src/api/Client.ts";
import { RowPages, rowsPerPage } from "../src/pages/register/RowPages.ts";

const settle = () => new Promise((done) => setTimeout(done, 0));

/** A table of numbers that answers by page and by cursor, and keeps what it was asked. */
function table(total: number) {
  const asked: Query[] = [];
  let offset = 0;
  const load = async (query: Query): Promise<List<number>> => {
    asked.push(query);
    const start = query["cursor"]
      ? Number(query["cursor"])
      : (Number(query["page"]) - 1) * rowsPerPage;
    const end = Math.min(total, start + rowsPerPage);
    return {
      data: Array.from({ length: end - start }, (_, index) => start + index + offset),
      pagination: {
        page: null,
        per_page: rowsPerPage,
        total,
        total_pages: Math.ceil(total / rowsPerPage),
        next_cursor: end < total ? String(end) : null,
      },
    };
  };
  return { asked, load, shift: (by: number) => (offset += by) };
}

test("the next page is asked for by cursor, a jump by number", async () => {
  const { asked, load } = table(100_000);
  const pages = new RowPages(load);

  pages.ensure(0, 10);
  await settle();
  pages.ensure(90, 120);
  await settle();
  pages.ensure(50_000, 50_020);
  await settle();

  assert.deepEqual(asked, [
    { page: 1, limit: 100 },
    { cursor: "100", limit: 100 },
    { page: 501, limit: 100 },
  ]);
  assert.equal(pages.row(105), 105);
  assert.equal(pages.row(50_010), 50_010);
  assert.equal(pages.row(700), undefined);
  assert.equal(pages.total, 100_000);
});

test("what is here or on its way is not asked for twice", async () => {
  const { asked, load } = table(1000);
  const pages = new RowPages(load);

  pages.ensure(0, 10);
  pages.ensure(0, 20);
  await settle();
  pages.ensure(0, 30);
  await settle();

  assert.equal(asked.length, 1);
});

test("after a change the old rows stand until the new ones are here", async () => {
  const { load, shift } = table(1000);
  const pages = new RowPages(load);
  pages.ensure(0, 10);
  await settle();

  shift(5);
  pages.refresh();
  assert.equal(pages.row(0), 0);
  await settle();

  assert.equal(pages.row(0), 5);
});

test("an answer from before a change is dropped", async () => {
  const answers: ((list: List<string>) => void)[] = [];
  const pages = new RowPages<string>(() => new Promise((done) => answers.push(done)));
  const list = (value: string): List<string> => ({
    data: [value],
    pagination: { page: 1, per_page: 100, total: 1, total_pages: 1, next_cursor: null },
  });
  pages.ensure(0, 0);
  pages.refresh();

  answers[1]?.(list("new"));
  await settle();
  answers[0]?.(list("old"));
  await settle();

  assert.equal(pages.row(0), "new");
});

test("a failure is told and can be tried again", async () => {
  let isDown = true;
  const { load } = table(10);
  const pages = new RowPages((query) => (isDown ? Promise.reject(new Error("down")) : load(query)));
  pages.ensure(0, 0);
  await settle();
  assert.match(String(pages.error), /down/);

  isDown = false;
  pages.ensure(0, 0);
  await settle();

  assert.equal(pages.error, null);
  assert.equal(pages.row(3), 3);
});
