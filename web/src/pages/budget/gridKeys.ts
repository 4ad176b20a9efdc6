import type { KeyboardEvent } from "react";

/** Typing goes on in a box of which only a part is marked; a box that is marked as a whole is only looked at. */
function isWriting(from: HTMLElement): boolean {
  if (!(from instanceof HTMLInputElement) || from.readOnly) return false;
  return from.selectionStart !== 0 || from.selectionEnd !== from.value.length;
}

function isInSight(element: HTMLElement): boolean {
  return element.checkVisibility?.() ?? true;
}

function goTo(from: HTMLElement, cells: Iterable<HTMLElement>, by: number): void {
  const all = [...cells].filter(isInSight);
  const next = all[all.indexOf(from) + by];
  if (next) {
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
  // At the end of a column what was typed is written all the same.
  else from.blur();
}

/** The keys of a spreadsheet, for everything in a table that carries `data-column`. */
export function onGridKeyDown(event: KeyboardEvent<HTMLTableElement>): void {
  const from = (event.target as HTMLElement).closest<HTMLElement>("[data-column]");
  if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
  const column = `[data-column="${from.dataset["column"] ?? ""}"]`;
  const inColumn = () => event.currentTarget.querySelectorAll<HTMLElement>(column);
  const inRow = () => from.closest("tr")?.querySelectorAll<HTMLElement>("[data-column]") ?? [];
  const isBox = from instanceof HTMLInputElement;
  if (event.key === "ArrowDown") goTo(from, inColumn(), 1);
  else if (event.key === "ArrowUp") goTo(from, inColumn(), -1);
  else if (event.key === "Enter" && isBox) goTo(from, inColumn(), event.shiftKey ? -1 : 1);
  else if (event.key === "ArrowRight" && !isWriting(from)) step(from, inRow(), 1);
  else if (event.key === "ArrowLeft" && !isWriting(from)) step(from, inRow(), -1);
  else return;
  event.preventDefault();
}

/** Within a row the ends hold. */
function step(from: HTMLElement, cells: Iterable<HTMLElement>, by: number): void {
  const all = [...cells].filter(isInSight);
  all[all.indexOf(from) + by]?.focus();
}
