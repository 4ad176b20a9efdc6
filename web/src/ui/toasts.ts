import { useSyncExternalStore } from "react";

export type Toast = {
  id: number;
  text: string;
  isProblem: boolean;
  action?: { label: string; run: () => void };
};

let toasts: readonly Toast[] = [];
let lastId = 0;
const watchers = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

function show(text: string, isProblem: boolean, action?: Toast["action"]): void {
  lastId += 1;
  // Three at most: older news gives way.
  set([...toasts.slice(-2), { id: lastId, text, isProblem, action }]);
}

export function announce(text: string, action?: Toast["action"]): void {
  show(text, false, action);
}

export function announceProblem(text: string): void {
  show(text, true);
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => toasts,
  );
}
