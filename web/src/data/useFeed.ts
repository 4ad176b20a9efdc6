import { useCallback, useEffect, useRef, useState } from "react";
import type { List } from "../api/Client.ts";
import { useGeneration } from "./resource.ts";

export type Feed<Item> = {
  items: Item[] | null;
  error: unknown;
  hasMore: boolean;
  isLoading: boolean;
  more: () => void;
};

/**
 * A long list, a page at a time, the newest first. `key` names all that `read` depends on, and
 * another one begins at the top. After a change of the data, which `edition` counts, as many are
 * read again as were in view, so that nobody is thrown back to the top by what others do.
 */
export function useFeed<Item>(
  key: string,
  read: (cursor: string | null) => Promise<List<Item>>,
  edition?: number,
): Feed<Item> {
  const generation = useGeneration();
  const [items, setItems] = useState<Item[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isLoading, setLoading] = useState(false);
  const turn = useRef(0);
  const shown = useRef({ key, count: 0 });
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  /** From `from` on until there are at least `count`, behind those that are `known`. */
  const load = useCallback(async (from: string | null, count: number, known: readonly Item[]) => {
    turn.current += 1;
    const mine = turn.current;
    setLoading(true);
    try {
      let all = known;
      let next: string | null = from;
      do {
        const page: List<Item> = await latest.current(next);
        if (mine !== turn.current) return;
        all = [...all, ...page.data];
        next = page.pagination.next_cursor;
      } while (next !== null && all.length < count);
      shown.current.count = all.length;
      setItems([...all]);
      setCursor(next);
      setError(null);
    } catch (problem) {
      if (mine === turn.current) setError(problem);
    } finally {
      if (mine === turn.current) setLoading(false);
    }
  }, []);
  const round = edition ?? generation;
  useEffect(() => {
    if (shown.current.key !== key) shown.current = { key, count: 0 };
    void load(null, shown.current.count, []);
  }, [key, round, load]);
  const more = () => {
    if (cursor !== null && !isLoading) void load(cursor, 0, items ?? []);
  };
  return { items, error, hasMore: cursor !== null, isLoading, more };
}
