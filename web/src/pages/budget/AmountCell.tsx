import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useSession } from "../../app/session.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, type Money } from "../../money/Money.ts";
import { isProblem } from "../../money/parse.ts";
import { announceProblem } from "../../ui/toasts.ts";
import { entered } from "./budgetLines.ts";

/**
 * An amount that is typed over, as in a spreadsheet: arrows and Enter go up and down, Tab goes on, Escape takes back,
 * `+50` adds.
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
  onCommit: (amount: string) => void;
}) {
  const { locale } = useSession();
  const shown = formatPlain(amount, locale);
  const [text, setText] = useState(shown);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setText(shown), [shown]);
  const commit = () => {
    if (text === shown) return;
    const result = entered(text, amount, locale);
    if (isProblem(result)) {
      announceProblem(`${label}: ${result.problem}`);
      setText(shown);
    } else if (result.tenThousandths === amount.tenThousandths) setText(shown);
    else onCommit(decimal(result));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      setText(shown);
      requestAnimationFrame(() => box.current?.select());
    } else if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) {
      step(box.current, 1);
    } else if (event.key === "ArrowUp" || event.key === "Enter") step(box.current, -1);
    else return;
    event.preventDefault();
  };
  return (
    <input
      ref={box}
      className="budget-amount"
      inputMode="decimal"
      aria-label={label}
      autoComplete="off"
      readOnly={isLocked}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}

/** Leaving a cell commits it; at the end of the column it is committed all the same. */
function step(from: HTMLInputElement | null, by: number): void {
  const cells = [...document.querySelectorAll<HTMLInputElement>(".budget-amount")];
  const next = from ? cells[cells.indexOf(from) + by] : undefined;
  if (next) next.focus();
  else from?.blur();
}
