import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Account } from "../../api/types.ts";
import { pixels } from "../../ui/pixels.ts";
import { useIsNarrow } from "../../ui/useMediaQuery.ts";
import type { Filters } from "./filters.ts";
import { GridHead } from "./GridHead.tsx";
import { GridRow } from "./GridRow.tsx";
import { rowsPerPage } from "./RowPages.ts";
import { RowEditor } from "./RowEditor.tsx";
import type { Register } from "./useRegister.ts";
import {
  rowTop,
  scrollToShow,
  totalHeight,
  type VirtualList,
  visibleRange,
} from "./virtualRows.ts";

/** In rem, like the text in them. */
const rowHeights = { wide: 2.375, narrow: 3.75 };
const headHeight = 2.125;
const editorHeightAtFirst = 300;

type GridProps = { register: Register; filters: Filters; account: Account | undefined };

/** Where the list is scrolled to and how much of it is seen. */
function useViewport() {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const update = () => setView({ top: element.scrollTop, height: element.clientHeight });
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener("scroll", update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", update);
    };
  }, []);
  return { scroller, view };
}

/** The open row lies where one stands, or near it after a change moved it. */
function indexNear(rows: Register["rows"], id: string, active: number): number {
  for (let distance = 0; distance < rowsPerPage; distance += 1) {
    for (const index of [active + distance, active - distance]) {
      if (rows.row(index)?.id === id) return index;
    }
  }
  return -1;
}

function useVirtualList({ rows, active }: Register, editing: string | null): VirtualList {
  const isNarrow = useIsNarrow();
  const [height, setHeight] = useState(editorHeightAtFirst);
  const editor = useRef<Element | null>(null);
  const rowHeight = pixels(isNarrow ? rowHeights.narrow : rowHeights.wide);
  const expanded = editing === null ? -1 : indexNear(rows, editing, active);
  useLayoutEffect(() => {
    editor.current = document.querySelector(".grid-editor");
    if (!editor.current) return;
    const element = editor.current;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [editing, expanded]);
  const expansion = expanded >= 0 ? { index: expanded, height } : null;
  return { count: rows.total ?? 30, rowHeight, expansion };
}

/** Keeps the row one stands on in sight. */
function useScrollToActive(
  scroller: RefObject<HTMLElement>,
  list: VirtualList,
  active: number,
  editing: string | null,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const seen = element.clientHeight - pixels(headHeight);
    const to = scrollToShow(active, element.scrollTop, seen, list);
    if (to !== null) element.scrollTop = to;
    // Only a step to another row scrolls; a change of heights must not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [active, editing]);
}

/**
 * The rows, of which only those in view are drawn: a hundred thousand cost what fifty do.
 * ARIA's grid with one stop for Tab; the row one stands on is named by aria-activedescendant.
 */
export function RegisterGrid({ register, filters, account }: GridProps) {
  const { rows, active } = register;
  const isNarrow = useIsNarrow();
  // On a phone the form is a sheet over the page, not a row in the list.
  const editing = isNarrow ? null : register.editing;
  const { scroller, view } = useViewport();
  const list = useVirtualList(register, editing);
  const { first, last } = visibleRange(view.top, view.height, list);
  useEffect(() => rows.ensure(first, last), [rows, first, last]);
  useScrollToActive(scroller, list, active, editing);

  const indices = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  return (
    <div
      ref={scroller}
      className={account ? "grid grid-one-account" : "grid"}
      role="grid"
      aria-label="Transactions"
      aria-rowcount={list.count + 1}
      aria-multiselectable="true"
      aria-activedescendant={`row-${active}`}
      tabIndex={0}
      onKeyDown={(event) => moveWithin(event, register, view.height / list.rowHeight)}
    >
      <GridHead filters={filters} register={register} account={account} />
      <div role="rowgroup" className="grid-body" style={{ height: totalHeight(list) }}>
        {indices.map((index) => {
          const row = rows.row(index);
          const top = rowTop(index, list);
          return row && row.id === editing ? (
            <RowEditor key={row.id} row={row} index={index} top={top} register={register} />
          ) : (
            <GridRow
              key={index}
              row={row}
              before={rows.row(index - 1)}
              index={index}
              top={top}
              height={list.rowHeight}
              register={register}
              isOneAccount={account !== undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

function moveWithin(event: KeyboardEvent, register: Register, rowsInView: number): void {
  if (event.target !== event.currentTarget) return;
  const { rows, active, setActive, toggle, edit } = register;
  const page = Math.max(1, Math.floor(rowsInView) - 1);
  const target = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: (rows.total ?? 1) - 1,
  }[event.key];
  const row = rows.row(active);
  if (target !== undefined) setActive(Math.max(0, target));
  else if (event.key === " " && row) toggle(row);
  else if (event.key === "Enter" && row) edit(row.id);
  else return;
  event.preventDefault();
}
