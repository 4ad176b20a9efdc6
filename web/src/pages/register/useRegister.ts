import { type RefObject, useRef, useState } from "react";
import type { Transaction } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useShortcuts } from "../../app/shortcuts.ts";
import { undoLast } from "../../app/undo.ts";
import { useAction } from "../../ui/useAction.ts";
import { deleteTransactions } from "./changes.ts";
import type { Filters } from "./filters.ts";
import { type Rows, useRows } from "./useRows.ts";

export type Selection = ReadonlyMap<string, Transaction>;

export type Register = {
  rows: Rows;
  active: number;
  setActive: (index: number) => void;
  /** The row being edited in its place. */
  editing: string | null;
  edit: (id: string | null) => void;
  selection: Selection;
  choose: (chosen: readonly Transaction[]) => void;
  toggle: (row: Transaction) => void;
  isAdding: boolean;
  add: () => void;
  closeNew: () => void;
  isHelpShown: boolean;
  toggleHelp: () => void;
  search: RefObject<HTMLInputElement>;
};

/** A value that starts anew when the list it speaks of becomes another. */
function useOfList<T>(list: string, first: T): [T, (value: T) => void] {
  const [state, setState] = useState({ list, value: first });
  const value = state.list === list ? state.value : first;
  return [value, (next) => setState({ list, value: next })];
}

const none: Selection = new Map();

function useSelection(list: string) {
  const [selection, setSelection] = useOfList(list, none);
  const choose = (chosen: readonly Transaction[]) =>
    setSelection(new Map(chosen.map((row) => [row.id, row])));
  const toggle = (row: Transaction) => {
    const next = new Map(selection);
    if (!next.delete(row.id)) next.set(row.id, row);
    setSelection(next);
  };
  return { selection, choose, toggle };
}

/** What the register knows beside its rows: where one stands, what is chosen, what is open. */
export function useRegister(filters: Filters): Register {
  const { isViewer } = useSession();
  const rows = useRows(filters);
  const list = JSON.stringify(filters);
  const [wanted, setActive] = useOfList(list, 0);
  const [editing, setEditing] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [isHelpShown, setHelpShown] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const { selection, choose, toggle } = useSelection(list);
  const { run } = useAction();
  const active = Math.max(0, Math.min(wanted, (rows.total ?? 1) - 1));

  const edit = (id: string | null) => {
    if (id !== null && isViewer) return;
    setAdding(false);
    setEditing(id);
  };
  const add = () => {
    if (isViewer) return;
    setEditing(null);
    setAdding(true);
  };
  const remove = () => {
    const row = rows.row(active);
    const chosen = selection.size > 0 ? [...selection.values()] : row ? [row] : [];
    if (isViewer || chosen.length === 0) return;
    void run(async () => {
      await deleteTransactions(chosen.filter(({ deleted_at }) => deleted_at === null));
      choose([]);
    });
  };
  useShortcuts({
    j: () => setActive(active + 1),
    k: () => setActive(active - 1),
    n: add,
    e: () => edit(rows.row(active)?.id ?? null),
    x: remove,
    u: () => void undoLast(),
    "/": () => search.current?.focus(),
    "?": () => setHelpShown(true),
  });
  return {
    rows,
    active,
    setActive,
    editing,
    edit,
    selection,
    choose,
    toggle,
    isAdding,
    add,
    closeNew: () => setAdding(false),
    isHelpShown,
    toggleHelp: () => setHelpShown(!isHelpShown),
    search,
  };
}
