import type { BudgetLine, BudgetPeriod } from "../../api/types.ts";
import { add, isNegative, type Money, money } from "../../money/Money.ts";
import { type AmountProblem, isProblem, parseAmount } from "../../money/parse.ts";

/** A row of the grid: a line that money counts in, or a heading that adds up what is below it. */
export type Row = { line: BudgetLine; depth: number; isHeading: boolean };

/** The tree in reading order. A category that has both a line and others below it is shown twice: as the sum, then itself. */
export function rowsOf(lines: readonly BudgetLine[], isIncome: boolean): Row[] {
  const shown = lines.filter((line) => line.is_income === isIncome);
  const known = new Set(shown.map((line) => line.category_id));
  const below = new Map<string | null, BudgetLine[]>();
  for (const line of shown) {
    const parent = line.parent_id && known.has(line.parent_id) ? line.parent_id : null;
    below.set(parent, [...(below.get(parent) ?? []), line]);
  }
  const rows: Row[] = [];
  const visit = (parent: string | null, depth: number) => {
    for (const line of below.get(parent) ?? []) {
      const hasBelow = below.has(line.category_id);
      if (hasBelow) rows.push({ line, depth, isHeading: true });
      if (line.limit) rows.push({ line, depth: hasBelow ? depth + 1 : depth, isHeading: false });
      visit(line.category_id, depth + 1);
    }
  };
  visit(null, 0);
  return rows;
}

/** What a cell means: `+50` adds to what is there, anything else replaces it. Sums may be typed. */
export function entered(text: string, now: Money, locale: string): Money | AmountProblem {
  const trimmed = text.trim();
  if (trimmed === "") return { tenThousandths: 0n, currency: now.currency };
  const amount = parseAmount(trimmed, now.currency, locale);
  if (isProblem(amount)) return amount;
  return trimmed.startsWith("+") ? add(now, amount) : amount;
}

/** How full a bar is: percent from 0 to 100, and whether more is used than there is. */
export function barOf(
  progress: string | null,
  remaining: Money,
): { full: number; isOver: boolean } {
  const isOver = isNegative(remaining);
  if (progress === null) return { full: isOver ? 100 : 0, isOver };
  return { full: Math.min(100, Math.max(0, Math.round(Number(progress)))), isOver };
}

/** Where money can come from, the fullest first. Null is what is ready to assign. */
export function sources(
  period: BudgetPeriod,
  except: string,
): { id: string | null; name: string; available: Money }[] {
  const places = [
    { id: null as string | null, name: "Ready to assign", available: period.totals.ready },
    ...period.lines.flatMap(({ category_id, name, envelope, budget }) =>
      envelope && budget ? [{ id: category_id, name, available: envelope.available }] : [],
    ),
    ...period.cards.map(({ account_id, name, available }) => ({ id: account_id, name, available })),
  ];
  return places
    .map((place) => ({ ...place, available: money(place.available, period.currency) }))
    .filter(({ id, available }) => id !== except && available.tenThousandths > 0n)
    .sort((a, b) => (a.available.tenThousandths < b.available.tenThousandths ? 1 : -1));
}

/** Where money can go. */
export function targets(
  period: BudgetPeriod,
  except: string,
): { id: string | null; name: string }[] {
  return [
    { id: null, name: "Ready to assign" },
    ...period.lines.flatMap(({ category_id, name, envelope, budget }) =>
      envelope && budget ? [{ id: category_id, name }] : [],
    ),
    ...period.cards.map(({ account_id, name }) => ({ id: account_id, name })),
  ].filter(({ id }) => id !== except);
}
