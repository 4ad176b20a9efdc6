import { useSyncExternalStore } from "react";
import { api } from "../api/api.ts";
import { forgetData } from "../data/resource.ts";

const storageKey = "martlet.household";
const watchers = new Set<() => void>();

api.household = sessionStorage.getItem(storageKey);

/**
 * Shows another household in this tab, also after a reload; null is the person's default one.
 * Nothing that was read of the one is shown under the name of the other.
 */
export function openHousehold(id: string | null): void {
  if (id === api.household) return;
  api.household = id;
  if (id === null) sessionStorage.removeItem(storageKey);
  else sessionStorage.setItem(storageKey, id);
  forgetData();
  for (const watcher of watchers) watcher();
}

export function forgetHousehold(): void {
  openHousehold(null);
}

export function useChosenHousehold(): string | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => api.household,
  );
}
