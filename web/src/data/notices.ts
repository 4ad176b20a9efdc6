import { useSyncExternalStore } from "react";
import { notices } from "../api/notices.ts";

export type Told = {
  /** Null until the server said so. */
  unread: number | null;
  /** Grows whenever a list of notices may have changed. */
  edition: number;
  /** How many came since this person signed in. */
  arrived: number;
};

const nothing: Told = { unread: null, edition: 0, arrived: 0 };
let told = nothing;
const watchers = new Set<() => void>();

function set(change: Partial<Told>): void {
  told = { ...told, ...change, edition: told.edition + 1 };
  for (const watcher of watchers) watcher();
}

/** The server's word. What is more than before has just come. */
export function noticesTold(unread: number): void {
  const more = Math.max(0, unread - (told.unread ?? unread));
  set({ unread, arrived: told.arrived + more });
}

/** What this tab does about notices shows in the count before the server answers. */
export function noticesChanged(by: number): void {
  set({ unread: Math.max(0, (told.unread ?? 0) + by) });
}

/** At sign-out: nobody inherits the count of another. */
export function forgetNotices(): void {
  told = nothing;
}

export async function countNotices(): Promise<void> {
  noticesTold(await notices.unread());
}

export function useNotices(): Told {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => told,
  );
}
