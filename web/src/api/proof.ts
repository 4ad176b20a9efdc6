import { useSyncExternalStore } from "react";

type Question = { answer: (isProven: boolean) => void };

let question: Question | null = null;
const watchers = new Set<() => void>();

function set(next: Question | null): void {
  question = next;
  for (const watcher of watchers) watcher();
}

/** Opens the question who is here; the dialog that shows it calls `answer` once. */
export function askForProof(): Promise<boolean> {
  return new Promise((resolve) => {
    set({
      answer: (isProven) => {
        set(null);
        resolve(isProven);
      },
    });
  });
}

export function useProofQuestion(): Question | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => question,
  );
}
