import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useSession } from "../../app/session.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, type Money } from "../../money/Money.ts";
import { isProblem } from "../../money/parse.ts";
import { announceProblem } from "../../ui/toasts.ts";
import { entered } from "./budgetLines.ts";

type AmountCellProps = {
  label: string;
  amount: Money;
  /** What the amount was read from; a newer reading takes the place of what was written meanwhile. */
  source: unknown;
  isLocked: boolean;
  /** Whether the server took it. */
  onCommit: (amount: string) => Promise<boolean>;
};

/**
 * An amount that is typed over, as in a spreadsheet: leaving it writes it, Escape takes it back, `+50` adds. The table
 * around it moves from cell to cell (gridKeys.ts).
 */
export function AmountCell({ label, amount, source, isLocked, onCommit }: AmountCellProps) {
  const { locale } = useSession();
  const [written, setWritten] = useState<Money | null>(null);
  const now = written ?? amount;
  const shown = formatPlain(now, locale);
  // Null while nothing is typed, so that what is typed outlives a new reading of the page.
  const [text, setText] = useState<string | null>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setWritten(null), [source]);
  useEffect(() => {
    const isLookedAt = document.activeElement === box.current && text === null;
    if (isLookedAt) box.current?.select();
  }, [shown, text]);
  const commit = async () => {
    setText(null);
    if (text === null || text === shown) return;
    const result = entered(text, now, locale);
    if (isProblem(result)) return announceProblem(`${label}: ${result.problem}`);
    if (result.tenThousandths === now.tenThousandths) return;
    setWritten(result);
    if (!(await onCommit(decimal(result)))) setWritten(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // Only what was typed is taken back; whatever is around the table stays open.
    event.preventDefault();
    event.stopPropagation();
    setText(null);
  };
  return (
    <input
      ref={box}
      className="budget-amount"
      data-column="amount"
      inputMode="decimal"
      aria-label={label}
      autoComplete="off"
      readOnly={isLocked}
      value={text ?? shown}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => void commit()}
      onKeyDown={onKeyDown}
    />
  );
}
