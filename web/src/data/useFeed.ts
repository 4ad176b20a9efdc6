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
 * A long list, a page at a time, the newest first. `key` names all that `read` depends on; what
 * was read of another key is dropped, and every change of the data begins at the top again.
 */
export function useFeed<Item>(
  key: string,
  read: (cursor: string | null) => Promise<List<Item>>,
): Feed<Item> {
  const generation = useGeneration();
  const [items, setItems] = useState<Item[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isLoading, setLoading] = useState(false);
  const turn = useRef(0);
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  const load = useCallback(async (from: string | null) => {
    turn.current += 1;
    const mine = turn.current;
    setLoading(true);
    try {
      const page = await latest.current(from);
      if (mine !== turn.current) return;
      setItems((known) => (from === null ? page.data : [...(known ?? []), ...page.data]));
      setCursor(page.pagination.next_cursor);
      setError(null);
    } catch (problem) {
      if (mine === turn.current) setError(problem);
    } finally {
      if (mine === turn.current) setLoading(false);
    }
  }, []);
  useEffect(() => {
    void load(null);
  }, [key, generation, load]);
  const more = () => {
    if (cursor !== null && !isLoading) void load(cursor);
  };
  return { items, error, hasMore: cursor !== null, isLoading, more };
}
