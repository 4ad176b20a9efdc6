/** A row drawn taller than the rest because it is being edited. */
export type Expansion = { index: number; height: number } | null;

export type VirtualList = { count: number; rowHeight: number; expansion: Expansion };

export type VisibleRange = { first: number; last: number };

function extraHeight({ rowHeight, expansion }: VirtualList): number {
  return expansion ? Math.max(0, expansion.height - rowHeight) : 0;
}

export function totalHeight(list: VirtualList): number {
  return list.count * list.rowHeight + extraHeight(list);
}

export function rowTop(index: number, list: VirtualList): number {
  const isBelow = list.expansion !== null && index > list.expansion.index;
  return index * list.rowHeight + (isBelow ? extraHeight(list) : 0);
}

/** The row at a distance from the top of the list. */
export function rowAt(offset: number, list: VirtualList): number {
  const { count, rowHeight, expansion } = list;
  let index = Math.floor(offset / rowHeight);
  if (expansion && index > expansion.index) {
    index = Math.max(expansion.index, Math.floor((offset - extraHeight(list)) / rowHeight));
  }
  return Math.max(0, Math.min(count - 1, index));
}

/** First and last row to draw, `margin` rows past either edge; last is -1 when empty. */
export function visibleRange(
  scrollTop: number,
  viewportHeight: number,
  list: VirtualList,
  margin = 8,
): VisibleRange {
  if (list.count === 0) return { first: 0, last: -1 };
  const first = rowAt(scrollTop, list) - margin;
  const last = rowAt(scrollTop + viewportHeight, list) + margin;
  return { first: Math.max(0, first), last: Math.min(list.count - 1, last) };
}

/** Where to scroll so that the row is wholly seen; null when it already is. */
export function scrollToShow(
  index: number,
  scrollTop: number,
  viewportHeight: number,
  list: VirtualList,
): number | null {
  const top = rowTop(index, list);
  const bottom = top + (list.expansion?.index === index ? list.expansion.height : list.rowHeight);
  if (top < scrollTop) return top;
  if (bottom > scrollTop + viewportHeight) return Math.min(top, bottom - viewportHeight);
  return null;
}
