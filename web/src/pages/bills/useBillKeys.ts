import { useSession } from "../../app/session.ts";
import { useShortcuts } from "../../app/shortcuts.ts";
import { undoLast } from "../../app/undo.ts";
import { isSettled, keyOf } from "./occurrences.ts";
import type { Wanted } from "./OccurrenceDialogs.tsx";
import type { OccurrenceActions } from "./useOccurrenceActions.ts";
import type { BillOccurrence } from "../../api/types.ts";

const rowSelector = "[data-occurrence] .bill-open";

function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(rowSelector)];
  const here = document.activeElement?.closest("[data-occurrence]");
  const at = rows.findIndex((row) => here?.contains(row));
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** The keys act on the line that has the focus, or that the focus is in. */
export function useBillKeys(
  items: readonly BillOccurrence[],
  on: {
    act: OccurrenceActions;
    onWant: (wanted: Wanted) => void;
    onEdit: (item: BillOccurrence) => void;
    onAdd: () => void;
    onHelp: () => void;
  },
): void {
  const { isViewer } = useSession();
  const focused = () => {
    const key = document.activeElement
      ?.closest("[data-occurrence]")
      ?.getAttribute("data-occurrence");
    return items.find((item) => keyOf(item) === key);
  };
  const onFocused = (change: (item: BillOccurrence) => void) => () => {
    const item = focused();
    if (item && !isViewer) change(item);
  };
  const onOpen = (change: (item: BillOccurrence) => void) =>
    onFocused((item) => {
      if (!isSettled(item)) change(item);
    });
  useShortcuts({
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    j: () => step(1),
    k: () => step(-1),
    p: onOpen((item) => on.onWant({ what: "post", item })),
    m: onFocused((item) => {
      if (!isSettled(item) || item.state === "posted") on.onWant({ what: "match", item });
    }),
    c: onOpen((item) => on.onWant({ what: "change", item })),
    s: onFocused((item) => {
      if (item.state === "skipped") void on.act.unskip(item);
      else if (!isSettled(item)) void on.act.skip(item);
    }),
    e: onFocused(on.onEdit),
    n: () => {
      if (!isViewer) on.onAdd();
    },
    u: () => void undoLast(),
    "?": on.onHelp,
  });
}
