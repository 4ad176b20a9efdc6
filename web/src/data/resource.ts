import { useCallback, useEffect, useSyncExternalStore } from "react";

type Entry = {
  value?: unknown;
  error?: unknown;
  /** The generation of the household's data that the value was read in. */
  generation: number;
  loading: boolean;
  watchers: Set<() => void>;
  read: (() => Promise<unknown>) | null;
  snapshot: Resource<unknown>;
};

export type Resource<T> = {
  value: T | undefined;
  error: unknown;
  isLoading: boolean;
};

const idle: Resource<unknown> = { value: undefined, error: undefined, isLoading: true };
const entries = new Map<string, Entry>();
let generation = 0;

function entryFor(key: string): Entry {
  let entry = entries.get(key);
  if (!entry) {
    entry = { generation: -1, loading: false, watchers: new Set(), read: null, snapshot: idle };
    entries.set(key, entry);
  }
  return entry;
}

function publish(entry: Entry): void {
  const { value, error, loading } = entry;
  entry.snapshot = { value, error, isLoading: loading };
  for (const watcher of entry.watchers) watcher();
}

async function load(key: string): Promise<void> {
  const entry = entryFor(key);
  const { read } = entry;
  if (entry.loading || entry.generation === generation || read === null) return;
  const started = generation;
  entry.loading = true;
  publish(entry);
  try {
    entry.value = await read();
    entry.error = undefined;
  } catch (error) {
    entry.error = error;
  }
  entry.generation = started;
  entry.loading = false;
  // Signing out empties the table: an answer for the last person is dropped.
  if (entries.get(key) !== entry) return;
  publish(entry);
  if (started !== generation && entry.watchers.size > 0) await load(key);
}

const changeWatchers = new Set<() => void>();

/**
 * Everything read before is stale: said after each write. The server derives all from one
 * household version, so there is nothing to be gained by guessing which answers changed.
 * Stale values stay on the screen until their successors arrive.
 */
export function dataChanged(): void {
  generation += 1;
  for (const watcher of changeWatchers) watcher();
}

/** Reads one value anew, for what changes on the server by itself. */
export function readAgain(key: string): Promise<void> {
  entryFor(key).generation = -1;
  return load(key);
}

/**
 * At sign-out: nothing of one person may be shown to the next. The pages are about to go,
 * so nobody is told, and nothing is asked of a server that would refuse it.
 */
export function forgetData(): void {
  entries.clear();
}

/** The present generation, for whoever asks later whether all was read anew since. */
export function dataGeneration(): number {
  return generation;
}

function onDataChanged(watcher: () => void): () => void {
  changeWatchers.add(watcher);
  return () => changeWatchers.delete(watcher);
}

/** A number that grows with each change of the data; reading it subscribes. */
export function useGeneration(): number {
  return useSyncExternalStore(onDataChanged, dataGeneration);
}

/**
 * Reads a value of the server once per key and generation, shared by all who ask.
 * `key` must name everything that `read` depends on; null reads nothing.
 */
export function useResource<T>(key: string | null, read: () => Promise<T>): Resource<T> {
  const now = useGeneration();
  const subscribe = useCallback(
    (watcher: () => void) => {
      if (key === null) return () => {};
      const entry = entryFor(key);
      entry.watchers.add(watcher);
      return () => entry.watchers.delete(watcher);
    },
    [key],
  );
  const resource = useSyncExternalStore(subscribe, () =>
    key === null ? idle : entryFor(key).snapshot,
  );
  useEffect(() => {
    // `read` is new on every render; the key stands for all it reads from.
    if (key === null) return;
    entryFor(key).read = read;
    void load(key);
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, now]);
  return resource as Resource<T>;
}
