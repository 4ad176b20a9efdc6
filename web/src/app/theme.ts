import { useSyncExternalStore } from "react";
import { applyTheme, storedTheme, storeTheme, type Theme } from "./themeStorage.ts";

export type { Theme };

const watchers = new Set<() => void>();

export function chooseTheme(theme: Theme): void {
  storeTheme(theme);
  applyTheme(theme);
  for (const watcher of watchers) watcher();
}

export function useTheme(): Theme {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, storedTheme);
}
