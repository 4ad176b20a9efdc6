import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useSession } from "../../app/session.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, type Money } from "../../money/Money.ts";
import { isProblem } from "../../money/parse.ts";
import { announceProblem } from "../../ui/toasts.ts";
import { entered } from "./budgetLines.ts";

/**
 * An amount that is typed over, as in a spreadsheet: leaving it writes it, Escape takes it back, `+50` adds. The table
 * around it moves from cell to cell (gridKeys.ts).
 */
export function AmountCell({
  label,
  amount,
  isLocked,
  onCommit,
}: {
  label: string;
  amount: Money;
  isLocked: boolean;
  /** Whether the server took it. */
  onCommit: (amount: string) => Promise<boolean>;
}) {
  const { locale } = useSession();
  const shown = formatPlain(amount, locale);
  const [text, setText] = useState(shown);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setText(shown), [shown]);
  const commit = async () => {
    if (text === shown) return;
    const result = entered(text, amount, locale);
    if (isProblem(result)) {
      announceProblem(`${label}: ${result.problem}`);
      setText(shown);
    } else if (result.tenThousandths === amount.tenThousandths) setText(shown);
    else {
      setText(formatPlain(result, locale));
      if (!(await onCommit(decimal(result)))) setText(shown);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // Only what was typed is taken back; whatever is around the table stays open.
    event.preventDefault();
    event.stopPropagation();
    setText(shown);
    requestAnimationFrame(() => box.current?.select());
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
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => void commit()}
      onKeyDown={onKeyDown}
    />
  );
}
