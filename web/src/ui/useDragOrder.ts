import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";

/** The row that a height of the window is in, of those that can be moved. */
function rowAt(list: HTMLElement, y: number): number | null {
  const rows = [...list.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return y >= top && y < bottom;
  });
  return at < 0 ? null : at;
}

/**
 * Puts rows in another order by dragging their handles or by arrow keys on them. The rows have
 * `data-row`, their handles the props that are given for each index.
 */
export function useDragOrder(move: (from: number, to: number) => void) {
  const list = useRef<HTMLUListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
  });
  useEffect(() => {
    if (dragged === null) return;
    const follow = (event: globalThis.PointerEvent) => {
      const to = list.current && rowAt(list.current, event.clientY);
      if (to === null || to === dragged) return;
      latest.current(dragged, to);
      setDragged(to);
    };
    const stop = () => setDragged(null);
    addEventListener("pointermove", follow);
    addEventListener("pointerup", stop);
    addEventListener("pointercancel", stop);
    return () => {
      removeEventListener("pointermove", follow);
      removeEventListener("pointerup", stop);
      removeEventListener("pointercancel", stop);
    };
  }, [dragged]);
  const handle = (index: number, count: number) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) setDragged(index);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: count - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to >= 0 && to < count && to !== index) move(index, to);
    },
  });
  return { list, dragged, handle };
}
