type Kept = { id: string };

/** All ids with one thing moved past its neighbour within its group. */
export function reordered(
  all: readonly Kept[],
  group: readonly Kept[],
  index: number,
  by: -1 | 1,
): string[] {
  const ids = all.map(({ id }) => id);
  const moved = group[index]?.id ?? "";
  const neighbour = group[index + by]?.id ?? "";
  const from = ids.indexOf(moved);
  const to = ids.indexOf(neighbour);
  if (from < 0 || to < 0) return ids;
  ids[from] = neighbour;
  ids[to] = moved;
  return ids;
}

/** The list with one of its items at another place; beyond its ends it stays within. */
export function movedTo<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const rest = [...list];
  const [item] = rest.splice(from, 1);
  if (item === undefined) return rest;
  rest.splice(Math.max(0, Math.min(to, rest.length)), 0, item);
  return rest;
}
