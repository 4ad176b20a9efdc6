import { useEffect, useRef } from "react";
import { dataChanged, dataGeneration } from "../data/resource.ts";

type Listener = (householdId: string, version: number) => void;

/** Several changes in a row are one reason to read. */
const pauseMilliseconds = 300;
const listeners = new Set<Listener>();

export function tellVersion(householdId: string, version: number): void {
  for (const listener of listeners) listener(householdId, version);
}

/**
 * Reads all anew when somebody else, another tab or the server itself changed the household in
 * view. `version` is what it was before anything was read.
 */
export function useFreshData({ id, version }: { id: string; version: number }): void {
  const known = useRef(version);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let generation = 0;
    const listener: Listener = (householdId, newest) => {
      if (householdId !== id || newest === known.current) return;
      known.current = newest;
      generation = dataGeneration();
      timer ??= setTimeout(() => {
        timer = undefined;
        // What this tab wrote itself has been read since: it does so after each write.
        if (dataGeneration() === generation) dataChanged();
      }, pauseMilliseconds);
    };
    listeners.add(listener);
    return () => {
      clearTimeout(timer);
      listeners.delete(listener);
    };
  }, [id]);
}
