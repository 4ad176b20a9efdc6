import { useEffect, useRef } from "react";
import { dataChanged, dataGeneration } from "../data/resource.ts";

type Listener = (householdId: string, version: number) => void;

/** Several changes in a row are one reason to read. */
const pauseMilliseconds = 300;
const writingMilliseconds = 1_000;
/** Where somebody changes what is there. */
const editors = "dialog[open], .grid-editor, .task-editor";

const listeners = new Set<Listener>();
let timer: ReturnType<typeof setTimeout> | undefined;
let generation = 0;

export function tellVersion(householdId: string, version: number): void {
  for (const listener of listeners) listener(householdId, version);
}

/**
 * Reads all anew in a moment. Whoever is editing is let finish: rows must not move under their
 * hands, and what they save is checked against what they saw.
 */
export function readSoon(): void {
  generation = dataGeneration();
  timer ??= setTimeout(read, pauseMilliseconds);
}

function read(): void {
  timer = undefined;
  // What this tab wrote itself has been read since: it does so after each write.
  if (dataGeneration() !== generation) return;
  if (document.querySelector(editors)) timer = setTimeout(read, writingMilliseconds);
  else dataChanged();
}

/**
 * For as long as the pages of a household are shown: what somebody else, another tab or the
 * server itself changes in it. `version` is what it was before anything was read.
 */
export function useFreshData({ id, version }: { id: string; version: number }): void {
  const known = useRef(version);
  useEffect(() => {
    const listener: Listener = (householdId, newest) => {
      if (householdId !== id || newest === known.current) return;
      known.current = newest;
      readSoon();
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      clearTimeout(timer);
      timer = undefined;
    };
  }, [id]);
}
