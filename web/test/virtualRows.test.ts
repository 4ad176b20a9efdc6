import { assert, test } from "./harness.mjs";
import {
  rowAt,
  rowTop,
  scrollToShow,
  totalHeight,
  visibleRange,
} from "../src/pages/register/virtualRows.ts";

const plain = { count: 100_000, rowHeight: 40, expansion: null };
const expanded = { count: 100, rowHeight: 40, expansion: { index: 10, height: 340 } };

test("only what is in view is drawn, with a margin on either side", () => {
  assert.deepEqual(visibleRange(0, 400, plain, 5), { first: 0, last: 15 });
  assert.deepEqual(visibleRange(2_000_000, 400, plain, 5), { first: 49_995, last: 50_015 });
  assert.deepEqual(visibleRange(3_999_600, 400, plain, 5), { first: 99_985, last: 99_999 });
});

test("an empty list draws nothing", () => {
  assert.deepEqual(visibleRange(0, 400, { ...plain, count: 0 }), { first: 0, last: -1 });
});

test("an open row pushes those beneath it down by what it is taller", () => {
  assert.equal(totalHeight(expanded), 100 * 40 + 300);
  assert.equal(rowTop(10, expanded), 400);
  assert.equal(rowTop(11, expanded), 740);
});

test("every distance finds the row that covers it", () => {
  for (let index = 0; index < expanded.count; index += 1) {
    assert.equal(rowAt(rowTop(index, expanded), expanded), index);
    assert.equal(rowAt(rowTop(index, expanded) + 39, expanded), index);
  }
  assert.equal(rowAt(700, expanded), 10);
  assert.equal(rowAt(-50, expanded), 0);
  assert.equal(rowAt(1e9, expanded), 99);
});

test("scrolling goes no further than needed to show a row", () => {
  assert.equal(scrollToShow(5, 0, 400, plain), null);
  assert.equal(scrollToShow(10, 0, 400, plain), 40);
  assert.equal(scrollToShow(3, 400, 400, plain), 120);
  assert.equal(scrollToShow(10, 200, 400, expanded), 340);
});

test("a row taller than the view is shown from its top", () => {
  assert.equal(scrollToShow(10, 0, 200, expanded), 400);
});
